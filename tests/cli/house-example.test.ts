import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createIo } from '../../src/main/cli/command.ts';
import { runCli } from '../../src/main/cli.ts';
import { describeEachDatabase } from '../support/databases.ts';
import { makeVolatileFolder } from '../support/temporary-folder.ts';

const EXAMPLE = join(import.meta.dirname, '..', '..', 'docs', 'house-example.json');

describeEachDatabase('the example of docs/house-file.md', (open) => {
  let env: Record<string, string>;
  const folder = makeVolatileFolder('parterre-example-');

  beforeAll(async () => {
    const { options } = await open();
    const url = 'url' in options ? options.url : undefined;
    env = {
      PARTERRE_SECRET: 'a long enough secret for tests',
      ...(url ? { DATABASE_URL: url } : { PARTERRE_DATA: options.dataFolder ?? tmpdir() }),
    };
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  async function parterre(...args: string[]): Promise<{ code: number; out: string[] }> {
    const out: string[] = [];
    const { signal } = new AbortController();
    const io = createIo({ out: (text) => out.push(text), err: () => {}, env, signal });
    return { code: await runCli(args, io), out };
  }

  it('is checked, loaded, and the same again from a workbook and from JSON', async () => {
    const checked = await parterre('house', 'check', EXAMPLE, '--json');
    expect(JSON.parse(checked.out[0] ?? '')).toMatchObject({ outcome: 'checked', notes: [] });
    expect((await parterre('house', 'load', EXAMPLE)).out.at(-1)).toBe('Loaded.');
    for (const form of ['json', 'xlsx']) {
      const file = join(folder, `again.${form}`);
      expect((await parterre('house', 'export', file)).code).toBe(0);
      const again = await parterre('house', 'load', file, '--json');
      expect(JSON.parse(again.out[0] ?? '')).toMatchObject({ outcome: 'unchanged' });
    }
    const secret = JSON.parse(readFileSync(EXAMPLE, 'utf8')).interfaces[0].secrets;
    const exported = readFileSync(join(folder, 'again.json'), 'utf8');
    for (const value of Object.values(secret)) expect(exported).not.toContain(value);
  });

  it('gives an interface that lacks nothing', async () => {
    const { out } = await parterre('doctor');
    expect(out).toContain('ok   interface LANTERNE/FNAC: fnac, visible');
    const mappings = await parterre('mappings', 'list', '--json');
    expect(JSON.parse(mappings.out[0] ?? '')).toHaveLength(9);
  });
});
