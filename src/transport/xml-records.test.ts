import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { XmlElement, XmlRecord } from './xml.ts';
import { readRecords, readXml, XmlError } from './xml.ts';

interface Outcome {
  records: XmlRecord[];
  header: [string, string][];
  /** Code, line and byte of the refusal. */
  error: string | null;
}

const fields = new Set(['a', 'b', 'nom', 'prix']);
const namespaces = ['urn:x'];

function* pieces(bytes: Uint8Array, size: number): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function read(document: string | Uint8Array, size = 1000): Promise<Outcome> {
  const outcome: Outcome = { records: [], header: [], error: null };
  const query = {
    chunks: pieces(Buffer.from(document), size),
    record: 'op',
    namespaces,
    fields,
    header: (name: string, text: string) => void outcome.header.push([name, text]),
    batch: 2,
  };
  try {
    for await (const batch of readRecords(query)) outcome.records.push(...batch);
  } catch (error) {
    outcome.error = told(error);
  }
  return outcome;
}

function told(error: unknown): string {
  if (!(error instanceof XmlError)) throw error;
  return `${error.code} at line ${error.line}`;
}

class Stop extends Error {}

/** Without the line: where saxes notices some faults depends on how the text was cut. */
function withoutPlace(outcome: Outcome): Outcome {
  return { ...outcome, error: outcome.error?.replace(/ at line \d+$/, '') ?? null };
}

async function expectSame(document: string | Uint8Array, size: number): Promise<void> {
  const [ours, plain] = [await read(document, size), await readPlainly(document)];
  expect(withoutPlace(ours)).toEqual(withoutPlace(plain));
}

/** The same by saxes alone: slow, and what the scanner is measured by. */
async function readPlainly(document: string | Uint8Array): Promise<Outcome> {
  const outcome: Outcome = { records: [], header: [], error: null };
  let record: Record<string, string> | null = null;
  let depth = 0;
  let leaf: XmlElement | null = null;
  let text = '';
  const handler = {
    open(element: XmlElement) {
      leaf = element;
      text = '';
      if (record !== null || element.local !== 'op') return;
      if (!namespaces.includes(element.uri)) throw new Stop('namespace');
      record = {};
      depth = element.depth;
    },
    text(piece: string) {
      if (leaf !== null) text += piece;
    },
    close(element: XmlElement) {
      const isLeaf = leaf === element;
      leaf = null;
      if (record === null) {
        if (isLeaf) outcome.header.push([element.local, text]);
      } else if (element.depth === depth) {
        outcome.records.push(record);
        record = null;
      } else if (isLeaf && fields.has(element.local)) {
        const nil = Object.entries(element.attributes).find(([name]) => name.endsWith(':nil'))?.[1];
        if (nil === 'true' || nil === '1') return;
        if (record[element.local] !== undefined) throw new Stop('repeated');
        record[element.local] = text;
      }
    },
  };
  try {
    await readXml(pieces(Buffer.from(document), 1 << 20), handler);
  } catch (error) {
    outcome.error = error instanceof Stop ? error.message : told(error);
  }
  return outcome;
}

function page(records: string, after = ''): string {
  return `<e:list xmlns:e="urn:x">\n${records}${after}</e:list>`;
}

const plainValue = fc.constantFrom(
  '',
  'x',
  'É. Œ',
  '12,50',
  'a &amp; b',
  '&lt;',
  ']] >\'"',
  'a\r\nb',
);
const oddValue = fc.constantFrom(
  ...['&#233;', '<![CDATA[<op>&]]>', ' \t\n ', '<!-- <e:op> -->', '&nom;', ']]>', '\x01', '\ufffe'],
  ...[
    '<x>1</x>',
    'text<x>1</x>',
    '<x>1</x>text',
    '&nom;<x>1</x>',
    '<?pi x?>',
    '&',
    '&amp',
    '😀',
    '<',
  ],
);
const plainName = fc.constantFrom('e:a', 'e:b', 'nom', 'e:prix', 'other', 'e:block');
const oddName = fc.constantFrom(
  'q:b',
  'e:op',
  'é',
  'e:a.b-c',
  'b',
  '1a',
  '-a',
  'a:b:c',
  ':a',
  'a&',
  'a b',
);
const oddAttributes = fc.constantFrom(
  ...[
    ' ',
    ' id="1"',
    ' xmlns:q="urn:q"',
    ' q:z="1"',
    " xmlns='urn:x'",
    ' id=1',
    ' xmlns:e="urn:z"',
  ],
  ...[' xmlns:i="urn:i" i:nil="true"', '/'],
);
const tagged = (name: string, attributes: string, inner: string, short = false) =>
  short && inner === '' ? `<${name}${attributes}/>` : `<${name}${attributes}>${inner}</${name}>`;
const gap = fc.constantFrom('', '', '\n  ', ' \r\n');
const oddGap = fc.constantFrom('', '<!-- x -->', '<!-- <e:op></e:op> -->', 'text', '&amp;', '\x01');

const plainLeaf = fc
  .tuple(plainName, plainValue, fc.boolean())
  .map(([name, value, short]) => ({ name, text: tagged(name, '', value, short) }));
const block = fc
  .tuple(fc.constantFrom('e:block', 'nom'), plainLeaf, gap)
  .map(([name, leaf, space]) => ({ name, text: tagged(name, '', space + leaf.text + space) }));
const plainField = fc.oneof({ weight: 4, arbitrary: plainLeaf }, { weight: 1, arbitrary: block });
const plainFields = fc
  .tuple(fc.uniqueArray(plainField, { selector: (field) => field.name, maxLength: 4 }), gap)
  .map(([all, space]) => space + all.map((field) => field.text).join(space) + space);
const oddField = fc.oneof(
  fc.tuple(plainName, oddValue).map(([name, value]) => tagged(name, '', value)),
  fc.tuple(oddName, plainValue).map(([name, value]) => tagged(name, '', value)),
  fc.tuple(plainName, oddAttributes).map(([name, attributes]) => tagged(name, attributes, 'x')),
  oddGap,
);
const plainRecord = plainFields.map((inner) => tagged('e:op', '', inner));
const oddRecord = fc.oneof(
  fc.tuple(plainFields, oddField, plainFields).map((inner) => tagged('e:op', '', inner.join(''))),
  fc.tuple(plainFields, oddAttributes).map(([inner, odd]) => tagged('e:op', odd, inner)),
  plainFields.map((inner) => tagged('op', '', inner)),
  fc.constant('</e:list><e:list xmlns:e="urn:x">'),
);
const group = fc
  .tuple(
    fc.constantFrom('', ' xmlns:q="urn:q"', ' xmlns:e="urn:z"'),
    fc.array(plainRecord),
    oddRecord,
  )
  .map(([attributes, plain, odd]) => tagged('g', attributes, `${plain.join('')}${odd}`));
const item = fc.oneof(
  { weight: 6, arbitrary: plainRecord },
  { weight: 2, arbitrary: oddRecord },
  { weight: 1, arbitrary: group },
  { weight: 1, arbitrary: oddField },
);
const content = fc
  .array(fc.tuple(item, gap), { maxLength: 8 })
  .map((all) => page(`<e:op><e:a>1</e:a></e:op>${all.flat().join('')}`, '<e:next>7</e:next>'));

describe('the scanner against the parser', () => {
  const seed = Number(process.env.FC_SEED ?? 20_260_101);

  test('reads what saxes reads and refuses what saxes refuses, however it is cut', async () => {
    await fc.assert(
      fc.asyncProperty(content, fc.integer({ min: 1, max: 400 }), async (document, size) => {
        await expectSame(document, size);
      }),
      { numRuns: 1500, seed },
    );
  });

  test('also after a stroke of bad luck: a character lost, changed or put in', async () => {
    const luck = fc.tuple(
      fc.nat(),
      fc.constantFrom(
        '',
        '<',
        '>',
        '/',
        '&',
        '"',
        ' ',
        'x',
        ':',
        '\x00',
        ']]>',
        '</e:op>',
        '<e:op>',
      ),
      fc.boolean(),
    );
    await fc.assert(
      fc.asyncProperty(
        content,
        luck,
        fc.integer({ min: 1, max: 400 }),
        async (whole, hit, size) => {
          const [where, what, replaces] = hit;
          const at = where % (whole.length + 1);
          const document = whole.slice(0, at) + what + whole.slice(replaces ? at + 1 : at);
          await expectSame(document, size);
        },
      ),
      { numRuns: 3000, seed },
    );
  });

  test('also when it is cut short', async () => {
    await fc.assert(
      fc.asyncProperty(
        content,
        fc.nat(),
        fc.integer({ min: 1, max: 400 }),
        async (whole, at, size) => {
          const document = Buffer.from(whole).subarray(0, at % Buffer.byteLength(whole));
          await expectSame(document, size);
        },
      ),
      { numRuns: 1000, seed },
    );
  });
});

describe('records', () => {
  const one = '<e:op><e:a>1</e:a><e:nom>Zoé</e:nom><secret>x</secret></e:op>';
  const two = '<e:op>\n<e:a/>\n<e:b>x &amp; y</e:b>\n</e:op>';

  test.each([1, 10, 64, 10_000])('come as they stand, in pieces of %i', async (size) => {
    const outcome = await read(page(one + two + one + two, '<e:next>9</e:next>'), size);
    const first = { a: '1', nom: 'Zoé' };
    const second = { a: '', b: 'x & y' };
    expect(outcome).toEqual({
      records: [first, second, first, second],
      header: [['next', '9']],
      error: null,
    });
  });

  test('what came whole is handed over before a cut', async () => {
    const document = page(one + one + one);
    const at = document.lastIndexOf('<e:nom>') + 8;
    const outcome = await read(document.slice(0, at));
    expect(outcome.records).toEqual([
      { a: '1', nom: 'Zoé' },
      { a: '1', nom: 'Zoé' },
    ]);
    expect(outcome.error).toBe('truncated at line 2');
  });

  test('what came whole is handed over before a broken connection', async () => {
    const broken = new Error('reset');
    async function* chunks() {
      yield Buffer.from(page(one + one).replace('</e:list>', '<e:op><e:a>'));
      throw broken;
    }
    const seen: XmlRecord[] = [];
    const reading = (async () => {
      for await (const batch of readRecords({ chunks: chunks(), record: 'op', fields })) {
        seen.push(...batch);
      }
    })();
    await expect(reading).rejects.toBe(broken);
    expect(seen).toHaveLength(2);
  });

  test('what came whole is handed over before a wrong byte', async () => {
    const bytes = Buffer.from(page(`${one}${one}<e:op><e:a>@</e:a></e:op>`));
    bytes[bytes.indexOf('@')] = 0xe9;
    const outcome = await read(bytes);
    expect(outcome.records).toHaveLength(2);
    expect(outcome.error).toBe('charset at line 2');
  });

  test('in another namespace are an error, at any place in the list', async () => {
    expect((await read(page(one).replace('urn:x', 'urn:z'))).error).toBe('namespace at line 2');
    const late = page(`${one}${one}<f xmlns:e="urn:z">${one}</f>`);
    expect(await read(late)).toMatchObject({ records: [{}, {}], error: 'namespace at line 2' });
    // The same depth and the same tag, but the prefix means something else.
    const groups = `<g>${one}${one}</g><g xmlns:e="urn:z">${one}</g>`;
    const inner = `<e:list xmlns:e="urn:x">${groups}</e:list>`;
    expect(await read(inner)).toMatchObject({ records: [{}, {}], error: 'namespace at line 1' });
  });

  test('with a field twice are refused, by the scanner and by the parser', async () => {
    const twice = '<e:op><e:a>1</e:a><e:a>2</e:a></e:op>';
    expect(await read(page(twice))).toMatchObject({ records: [], error: 'repeated at line 2' });
    expect(await read(page(one + twice))).toMatchObject({
      records: [{}],
      error: 'repeated at line 2',
    });
  });

  test('a list that is only a record is one, and a second root none', async () => {
    const bare = '<op><a>1</a></op>';
    const seen: XmlRecord[] = [];
    const reading = (async () => {
      const chunks = pieces(Buffer.from(bare + bare), 1);
      for await (const batch of readRecords({ chunks, record: 'op', fields })) seen.push(...batch);
    })();
    await expect(reading).rejects.toMatchObject({ code: 'not-well-formed' });
    expect(seen).toEqual([{ a: '1' }]);
  });

  test('places count the lines that the scanner took', async () => {
    const document = page(`${`${two}\n`.repeat(10)}<e:op><e:a>1</e:b></e:op>`);
    // One line of the list's start, four for each record.
    for (const size of [1, 50, 10_000]) {
      expect((await read(document, size)).error).toBe('not-well-formed at line 42');
    }
  });

  test.each([17, 60, 100])('are handed over as soon as their end has come, by %i', async (size) => {
    const document = Buffer.from(page(two.repeat(20)));
    let given = 0;
    let seen = 0;
    function* chunks() {
      for (const piece of pieces(document, size)) {
        const whole = document.toString('utf8', 0, given).split('</e:op>').length - 1;
        expect(seen).toBe(whole);
        given += piece.length;
        yield piece;
      }
    }
    const query = { chunks: chunks(), record: 'op', fields, batch: 1 };
    for await (const batch of readRecords(query)) seen += batch.length;
    expect(seen).toBe(20);
  });

  test('a prefix is forgotten with the element that bound it', async () => {
    const inside = '<e:op><q:b>1</q:b></e:op>';
    const document = page(`${one}<g xmlns:q="urn:q">${inside}${inside}</g>${one}${inside}`);
    const outcome = await read(document);
    expect(outcome.records.map((record) => record.b)).toEqual([undefined, '1', '1', undefined]);
    expect(outcome.error).toBe('not-well-formed at line 2');
  });

  test('a record without end is bounded', async () => {
    let given = 0;
    function* chunks() {
      yield Buffer.from(`<e:list xmlns:e="urn:x">${one}`);
      yield Buffer.from('<e:op><e:a>');
      for (; given < 1000; given += 1) yield Buffer.alloc(10_000, 'x');
    }
    const limits = { maxText: 100_000 };
    const query = { chunks: chunks(), record: 'op', fields, limits };
    const seen: XmlRecord[] = [];
    const reading = (async () => {
      for await (const batch of readRecords(query)) seen.push(...batch);
    })();
    await expect(reading).rejects.toMatchObject({ code: 'too-long' });
    expect(seen).toHaveLength(1);
    expect(given).toBeLessThan(20);
  });
});
