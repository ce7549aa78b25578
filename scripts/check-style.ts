// The habits of the house that no other tool checks. Prints all findings at once, as file:line.
// There is no list of exceptions: where a rule is wrong, the rule is changed.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { splitScript, sqlStatements } from './source-text.ts';

export interface StyleFault {
  /** Path from the root, with `/`. */
  file: string;
  line: number;
  message: string;
}

interface SourceFile {
  path: string;
  source: string;
  lines: string[];
}

const linesMax = 400;
const columnsMax = 100;
/** What we did not write, or what git does not keep. */
const foldersNotOurs = /^(node_modules|dist|\.git|\.parterre|coverage)$/;
const filesNotOurs = /\.(log|png|jpg|webp|ico|woff2|pdf|xlsx|zip|gz)$/;
const script = /\.[cm]?tsx?$|\.[cm]?jsx?$/;
const testFile = /\.test\.tsx?$/;
/** Code whose size is ours to choose; a fixture is a reseller's document. */
const ourCode =
  /^(src|web|tests|bench|scripts|bin)\/(?!(.*\/)?fixtures\/).*\.([cm]?[jt]sx?|sql|css)$/;
/** A file that says in its first line that a command makes it is not for reading. */
const generated = /^\W*generated\b/i;

/** Every departure from the habits under `root`. */
export function findStyleFaults(root: string): StyleFault[] {
  const files = listFiles(root, '').map((path): SourceFile => {
    const source = readFileSync(join(root, path), 'utf8');
    return { path, source, lines: source.split('\n') };
  });
  const faults = files.flatMap((file) => [
    ...findNamelessRooms(file),
    ...findPlacesAndHosts(file),
    ...findSizes(file),
    ...findClockInSql(file),
    ...findImpureDomain(file),
    ...findHiddenTypeImports(file),
    ...findUnevenTests(file),
    ...findTestsWithoutExpectation(root, file),
  ]);
  return faults.sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line);
}

function listFiles(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = posix.join(folder, entry.name);
    if (entry.isDirectory()) return foldersNotOurs.test(entry.name) ? [] : listFiles(root, path);
    return entry.isFile() && !filesNotOurs.test(entry.name) ? [path] : [];
  });
}

/** One fault for each line of `text` (the file, or its code or texts alone) that matches. */
function faultsAt(file: SourceFile, text: string, pattern: RegExp, message: string): StyleFault[] {
  return text
    .split('\n')
    .flatMap((line, index) =>
      pattern.test(line) ? [{ file: file.path, line: index + 1, message }] : [],
    );
}

function findNamelessRooms(file: SourceFile): StyleFault[] {
  if (!/(^|\/)(utils?|common|helpers?|misc)(\/|\.[cm]?[jt]sx?$)/.test(file.path)) return [];
  const message = 'no utils, common, helpers: name it after what it does';
  return [{ file: file.path, line: 1, message }];
}

/** A clone works anywhere: no path of somebody's machine, no host of somebody's registry. */
function findPlacesAndHosts(file: SourceFile): StyleFault[] {
  // In pieces, so that this file does not find itself.
  const place = new RegExp(`(?<![\\w.~-])/(wo${'rk'}|fa${'rm'}|ho${'me'}/\\w+|Us${'ers'}/\\w+)/`);
  const host = new RegExp(`regis${'try'}\\.[a-z]+js|npm${'js'}\\.|yarn${'pkg'}\\.com`);
  const hostMessage = 'names a registry: each machine asks the one it is set up with';
  const inLock = file.path === 'package-lock.json' ? /^\s*"resolved":/ : undefined;
  return [
    ...faultsAt(file, file.source, place, 'names a path of one machine: say it from the root'),
    ...faultsAt(file, file.source, host, hostMessage),
    ...(inLock ? faultsAt(file, file.source, inLock, hostMessage) : []),
  ];
}

function findSizes(file: SourceFile): StyleFault[] {
  if (!ourCode.test(file.path) || generated.test(file.lines[0] ?? '')) return [];
  const faults = file.lines.flatMap((line, index): StyleFault[] =>
    line.length > columnsMax
      ? [
          {
            file: file.path,
            line: index + 1,
            message: `${line.length} columns, at most ${columnsMax}`,
          },
        ]
      : [],
  );
  // A final line end begins no line.
  const count = file.lines.length - (file.lines.at(-1) === '' ? 1 : 0);
  if (count > linesMax) {
    const message = `${count} lines, at most ${linesMax}: look for the second idea in it`;
    faults.push({ file: file.path, line: linesMax + 1, message });
  }
  return faults;
}

const clockNames =
  '(?:now|clock_timestamp|statement_timestamp|transaction_timestamp|timeofday)\\s*\\(\\s*\\)' +
  '|(?:current_(?:timestamp|date|time)|localtime(?:stamp)?)\\b';
const clock = new RegExp(`(?<![\\w.])(?:${clockNames})`, 'i');

/**
 * Instants are parameters of a statement, so that a test or a replay can say what time it is. In
 * TypeScript only texts are read: `Date.now()` beside them is another matter.
 */
function findClockInSql(file: SourceFile): StyleFault[] {
  if (!file.path.startsWith('src/') || generated.test(file.lines[0] ?? '')) return [];
  const message = 'a clock in SQL: pass the instant as a parameter';
  if (file.path.endsWith('.sql')) {
    return faultsAt(file, sqlStatements(file.source), clock, message);
  }
  if (!script.test(file.path) || testFile.test(file.path)) return [];
  const texts = splitScript(file.source).texts.split('\n');
  // A comment of SQL inside a text is a comment too.
  return faultsAt(file, texts.map((line) => line.replace(/--.*$/, '')).join('\n'), clock, message);
}

function findImpureDomain(file: SourceFile): StyleFault[] {
  if (!/^src\/domain\/.*\.ts$/.test(file.path) || testFile.test(file.path)) return [];
  const impure = /\bDate\.now\b|\bnew Date\(\s*\)|\bTemporal\.Now\b|\bprocess\.|\bMath\.random\b/;
  const message = 'domain reads no clock, no environment, no chance: take it as a parameter';
  return faultsAt(file, splitScript(file.source).code, impure, message);
}

/** The tool that checks the walls does not see `import('./x.ts').Type`. */
function findHiddenTypeImports(file: SourceFile): StyleFault[] {
  if (!script.test(file.path)) return [];
  const message = "write `import type` instead: the walls do not see import('…').Type";
  return faultsAt(file, splitScript(file.source).code, /\bimport\(\s*\)\s*\.\s*[A-Z]/, message);
}

function findUnevenTests(file: SourceFile): StyleFault[] {
  if (!testFile.test(file.path)) return [];
  const { code } = splitScript(file.source);
  const call = '\\b(?:it|test|describe|suite|bench)(?:\\.\\w+)*';
  const only = new RegExp(`${call}\\.only\\b`);
  const skip = new RegExp(`${call}\\.(?:skip|skipIf|runIf|todo)\\b`);
  const isSaid = (line: number): boolean =>
    [line - 1, line].some((at) => /\/\/\s*\S|^\s*\*\s*\S|\*\/\s*$/.test(file.lines[at - 1] ?? ''));
  return [
    ...faultsAt(file, code, only, '.only leaves the other tests out'),
    ...faultsAt(file, code, skip, 'skipped without a reason: say why in a comment above').filter(
      ({ line }) => !isSaid(line),
    ),
  ];
}

const expectation = /\bexpect(?:\.\w+)?\s*[(<]|\bassert(?:\.\w+)?\s*\(/;

/** A test may hand its cases to a kit: then the kit expects, and the test imports it by path. */
function findTestsWithoutExpectation(root: string, file: SourceFile): StyleFault[] {
  if (!testFile.test(file.path) || expects(root, file.path, new Set())) return [];
  const message = 'a test file without expect(…), here or in a module it imports';
  return [{ file: file.path, line: 1, message }];
}

function expects(root: string, path: string, seen: Set<string>): boolean {
  if (seen.has(path) || !existsSync(join(root, path))) return false;
  seen.add(path);
  const { code, texts } = splitScript(readFileSync(join(root, path), 'utf8'));
  if (expectation.test(code)) return true;
  const imported = [...texts.matchAll(/(['"])(\.\.?\/[^'"\n]+\.ts)\1/g)];
  return imported.some((found) => expects(root, posix.join(dirname(path), found[2] ?? ''), seen));
}

if (import.meta.main) {
  const faults = findStyleFaults(join(import.meta.dirname, '..'));
  for (const { file, line, message } of faults) console.log(`${file}:${line}: ${message}`);
  process.exitCode = faults.length > 0 ? 1 : 0;
}
