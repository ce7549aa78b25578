// What a newcomer reads must be there: every link leads somewhere, every command exists.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createIo } from '../../src/main/cli/command.ts';
import { runCli } from '../../src/main/cli.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const PAGES = [
  join(ROOT, 'README.md'),
  ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => join(ROOT, 'docs', file)),
].map((file) => ({ name: relative(ROOT, file), file, text: readFileSync(file, 'utf8') }));

/** The anchor that a heading gets on GitHub. */
function anchorsOf(text: string): string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

async function help(): Promise<ReadonlyMap<string, string>> {
  const out: string[] = [];
  const streams = { out: (text: string) => out.push(text), err: () => {}, env: {} };
  await runCli(['help', '--json'], createIo({ ...streams, signal: AbortSignal.abort() }));
  const all = JSON.parse(out[0] ?? '') as { command: string; usage: string }[];
  return new Map(all.map(({ command, usage }) => [command, usage]));
}

/** The first lines of code that call the command: `parterre runs show NUMBER --json`. */
const CALL = /\bparterre ((?:[a-z]+-)*[a-z]+)((?: [^`\n]*)?)(?=`|\n|$)/g;

describe.each(PAGES)('$name', ({ file, text }) => {
  it('has no dead link', () => {
    const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, to = '']) => to);
    const dead = links.filter((to) => {
      if (/^[a-z]+:/.test(to)) return false;
      const [path = '', anchor] = to.split('#');
      const target = path === '' ? file : join(dirname(file), path);
      if (!existsSync(target)) return true;
      return anchor !== undefined && !anchorsOf(readFileSync(target, 'utf8')).includes(anchor);
    });
    expect(dead).toEqual([]);
  });

  it('names only commands and options that exist', async () => {
    const usages = await help();
    const code = [...text.matchAll(/`([^`\n]+)`|^```\w*\n([\s\S]*?)^```/gm)];
    const wrong = code.flatMap(([, inline, block]) =>
      [...(inline ?? block ?? '').matchAll(CALL)].flatMap(([call, name = '', rest = '']) => {
        const usage = usages.get(name);
        if (usage === undefined) return name === 'help' ? [] : [call];
        const [typed = ''] = rest.split(/ {2,}|#/);
        const unknown = typed.match(/--[a-z-]+/g)?.filter((option) => !usage.includes(option));
        return (unknown ?? []).map((option) => `${call}: ${option}`);
      }),
    );
    expect(wrong).toEqual([]);
  });
});

it('the start page leads to every page of docs', () => {
  const linked = new Set<string>();
  const follow = (file: string): void => {
    if (linked.has(file)) return;
    linked.add(file);
    const text = PAGES.find((page) => page.file === file)?.text ?? '';
    for (const [, to = ''] of text.matchAll(/\]\(([^)\s#]+)(?:#[^)]*)?\)/g)) {
      if (/^[a-z]+:/.test(to)) continue;
      const target = join(dirname(file), to);
      // A link to a folder shows its pages.
      const pages = to.endsWith('/')
        ? PAGES.filter((page) => dirname(page.file) === resolve(target))
        : [];
      for (const page of pages) follow(page.file);
      if (to.endsWith('.md')) follow(target);
    }
  };
  follow(join(ROOT, 'README.md'));
  expect(PAGES.filter((page) => !linked.has(page.file)).map((page) => page.name)).toEqual([]);
});
