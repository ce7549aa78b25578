import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { HouseFile } from '../../src/domain/house/file.ts';
import { writeWorkbook } from '../../src/exchange/house-file/write-workbook.ts';
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

  async function parterre(...args: string[]) {
    const out: string[] = [];
    const err: string[] = [];
    const { signal } = new AbortController();
    const io = createIo({
      out: (text) => out.push(text),
      err: (text) => err.push(text),
      env,
      signal,
    });
    return { code: await runCli(args, io), out, err };
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

  it('spoilt on several sheets, is refused with every cell and not loaded', async () => {
    const house = JSON.parse(readFileSync(EXAMPLE, 'utf8')) as HouseFile;
    const [zone, vat, mapping] = [house.zones?.[0], house.vat?.[0], house.mappings?.[1]];
    if (!zone || !vat || !mapping) throw new Error('the example has all three');
    zone.capacity = -4;
    vat.product = 'NIX';
    mapping.external = '0|0';
    const workbook = join(folder, 'spoilt.xlsx');
    writeFileSync(workbook, await writeWorkbook(house));
    const refused = await parterre('house', 'load', workbook);
    expect(refused.code).toBe(1);
    const told = refused.err.join('\n');
    expect(refused.err[0]).toBe('Nothing was loaded: 3 faults.');
    expect(told).toMatch(/^Zones!D2: .* \[house\.structure\]$/m);
    expect(told).toMatch(/^TVA!B2: There is no NIX in products\. .* \[house\.reference\]$/m);
    expect(told).toMatch(/^Correspondances!E3: 0 is listed twice\. Keep it once\. \[mapping/m);
    const checked = await parterre('house', 'check', EXAMPLE, '--json');
    expect(JSON.parse(checked.out[0] ?? '')).toMatchObject({ outcome: 'unchanged' });
  });

  it('gives an interface that lacks nothing', async () => {
    const { out } = await parterre('doctor');
    expect(out).toContain('ok   interface LANTERNE/FNAC: fnac, visible');
    const mappings = await parterre('mappings', 'list', '--json');
    expect(JSON.parse(mappings.out[0] ?? '')).toHaveLength(9);
  });
});
