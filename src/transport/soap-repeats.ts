/**
 * Long lists of flat elements in a request. The soap library spends some 20 µs on every element:
 * it looks each one up in the schema again. So it writes one element of each shape, with marks for
 * texts, and the others are written from that pattern: names, namespaces and order stay the WSDL's.
 */
import { randomUUID } from 'node:crypto';

type Arguments = Readonly<Record<string, unknown>>;
type Flat = Readonly<Record<string, string | number | boolean | undefined>>;

/** Shorter lists are the library's. */
const LONG_FROM = 8;
/** Members that are there or not make shapes; with more of them the library writes the list. */
const SHAPES_MAX = 8;

/** A list that is written from patterns. */
interface Repeat {
  readonly key: string;
  readonly items: readonly Flat[];
  /** By the names of the members that are there, in their order. */
  readonly shapes: ReadonlyMap<string, Shape>;
}

interface Shape {
  readonly members: readonly string[];
  readonly marks: readonly string[];
}

/** What stands before each value, in the order of the schema, and after the last one. */
interface Pattern {
  readonly values: readonly { readonly before: string; readonly member: string }[];
  readonly tail: string;
}

/**
 * The message that `write` makes of the arguments, whatever the length of their lists. Where a
 * list is not flat, or what comes back does not hold the marks, `write` makes all of it.
 */
export function writeWithRepeats(args: Arguments, write: (args: Arguments) => string): string {
  const repeats = Object.entries(args).flatMap(([key, value]) => repeatOf(key, value) ?? []);
  if (repeats.length === 0) return write(args);
  const marked: Record<string, unknown> = { ...args };
  for (const { key, shapes } of repeats) {
    marked[key] = [...shapes.values()].map(({ members, marks }) =>
      Object.fromEntries(members.map((member, index) => [member, marks[index]])),
    );
  }
  let xml = write(marked);
  for (const repeat of repeats) {
    const expanded = expand(xml, repeat);
    if (expanded === null) return write(args);
    xml = expanded;
  }
  return xml;
}

function repeatOf(key: string, value: unknown): Repeat | null {
  if (!Array.isArray(value) || value.length < LONG_FROM) return null;
  const shapes = new Map<string, Shape>();
  for (const item of value as readonly unknown[]) {
    if (typeof item !== 'object' || item === null || Array.isArray(item)) return null;
    for (const member of Object.values(item)) {
      if (member !== undefined && !isPlain(member)) return null;
    }
    const shape = shapeOf(item as Flat);
    if (shapes.has(shape)) continue;
    const members = membersOf(item as Flat);
    if (members.length === 0 || shapes.size === SHAPES_MAX) return null;
    shapes.set(shape, { members, marks: members.map(() => `mark-${randomUUID()}`) });
  }
  return { key, items: value as readonly Flat[], shapes };
}

function isPlain(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function membersOf(item: Flat): string[] {
  return Object.keys(item).filter((member) => item[member] !== undefined);
}

function shapeOf(item: Flat): string {
  let shape = '';
  for (const member in item) if (item[member] !== undefined) shape += `${member}\n`;
  return shape;
}

/** Null when the marks are not where they should be. */
function expand(xml: string, { key, items, shapes }: Repeat): string | null {
  const patterns = new Map<string, Pattern>();
  let start = -1;
  let end = -1;
  for (const [name, shape] of shapes) {
    const cut = cutPattern(xml, key, shape);
    // The elements of all shapes stand one after another, with nothing between them.
    if (cut === null || (end >= 0 && cut.start !== end)) return null;
    if (start < 0) start = cut.start;
    end = cut.end;
    patterns.set(name, cut.pattern);
  }
  const parts: string[] = [xml.slice(0, start)];
  for (const item of items) {
    const pattern = patterns.get(shapeOf(item));
    if (pattern === undefined) return null;
    parts.push(fill(pattern, item));
  }
  parts.push(xml.slice(end));
  return parts.join('');
}

function cutPattern(
  xml: string,
  key: string,
  { members, marks }: Shape,
): { start: number; end: number; pattern: Pattern } | null {
  // The library orders members as the schema does.
  const found = members
    .map((member, index) => ({ member, mark: marks[index] ?? '' }))
    .map(({ member, mark }) => ({ member, mark, at: xml.indexOf(mark) }))
    .sort((a, b) => a.at - b.at);
  const first = found[0]?.at ?? -1;
  if (first < 0) return null;
  const { start, prefix } = lastOpening(xml, key, first);
  const close = `</${prefix}${key}>`;
  const closes = xml.indexOf(close, first);
  const end = closes + close.length;
  if (start < 0 || closes < 0) return null;
  const values: { before: string; member: string }[] = [];
  let from = start;
  for (const { member, mark, at } of found) {
    if (at > end) return null;
    values.push({ before: xml.slice(from, at), member });
    from = at + mark.length;
  }
  return { start, end, pattern: { values, tail: xml.slice(from, end) } };
}

/** How far before its first value an element may begin. */
const OPENING_CHARS = 1_000;

function lastOpening(xml: string, key: string, before: number): { start: number; prefix: string } {
  const open = /<([\w.-]+:)?([\w.-]+)>/g;
  open.lastIndex = Math.max(0, before - OPENING_CHARS);
  let found = { start: -1, prefix: '' };
  for (let tag = open.exec(xml); tag !== null && tag.index < before; tag = open.exec(xml)) {
    if (tag[2] === key) found = { start: tag.index, prefix: tag[1] ?? '' };
  }
  return found;
}

function fill({ values, tail }: Pattern, item: Flat): string {
  let text = '';
  for (const { before, member } of values) {
    const value = item[member];
    text += before + (typeof value === 'string' ? escapeXml(value) : String(value));
  }
  return text + tail;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\t': '&#x9;',
  '\r': '&#xD;',
  '\n': '&#xA;',
};

function escapeXml(text: string): string {
  if (!/[&<>"'\t\r\n]/.test(text)) return text;
  return text.replace(/[&<>"'\t\r\n]/g, (character) => ESCAPES[character] ?? character);
}
