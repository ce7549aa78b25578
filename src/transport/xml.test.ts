import { describe, expect, test } from 'vitest';
import type { XmlOptions } from './xml.ts';
import { readXml, readXmlBytes, XmlError } from './xml.ts';

/** Every event of a document as lines, read in pieces of some size. */
async function events(
  document: string | Uint8Array,
  options: XmlOptions & { size?: number } = {},
): Promise<string[]> {
  const bytes = Buffer.from(document);
  const seen: string[] = [];
  const size = options.size ?? Math.max(1, bytes.length);
  function* chunks() {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  }
  const handler = {
    open: (element: { local: string; uri: string }) => {
      seen.push(`<${element.local}${element.uri === '' ? '' : ` in ${element.uri}`}`);
    },
    text: (text: string) => {
      const last = seen.at(-1);
      if (last?.startsWith('"')) seen[seen.length - 1] = `${last}${text}`;
      else seen.push(`"${text}`);
    },
    close: (element: { local: string }) => void seen.push(`>${element.local}`),
  };
  await readXml(chunks(), handler, options);
  return seen;
}

async function refusal(
  document: string | Uint8Array,
  options: XmlOptions & { size?: number } = {},
): Promise<XmlError> {
  const error = await events(document, options).then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(XmlError);
  return error as XmlError;
}

describe('what is read', () => {
  test.each([1, 2, 3, 7, 1000])(
    'elements, texts, CDATA, entities, in pieces of %i',
    async (size) => {
      const document =
        '<?xml version="1.0" encoding="UTF-8"?>\n<!-- a --><a xmlns="urn:x" xmlns:p="urn:y">' +
        '<p:b c="d">é &amp; &#233;<![CDATA[<&]]></p:b><e/>\r\n</a>';
      expect(await events(document, { size })).toEqual([
        '<a in urn:x',
        '<b in urn:y',
        '"é & é<&',
        '>b',
        '<e in urn:x',
        '>e',
        '"\n',
        '>a',
      ]);
    },
  );

  const accents = '<?xml version="1.0" encoding="NAME"?><a>Éléonore d’Œuvre €</a>';
  const expected = ['<a', '"Éléonore d’Œuvre €', '>a'];

  test('UTF-8 with a mark, windows-1252, UTF-16 both ways round', async () => {
    expect(await events(`\ufeff${accents.replace('NAME', 'utf-8')}`)).toEqual(expected);
    const windows = Buffer.from(
      accents
        .replace('NAME', 'windows-1252')
        .replace('’', '\x92')
        .replace('Œ', '\x8c')
        .replace('€', '\x80'),
      'latin1',
    );
    for (const size of [1, 1000]) expect(await events(windows, { size })).toEqual(expected);
    const little = Buffer.from(`\ufeff${accents.replace('NAME', 'UTF-16')}`, 'utf16le');
    const big = Buffer.from(little).swap16();
    for (const bytes of [little, big, little.subarray(2), big.subarray(2)]) {
      for (const size of [1, 5, 1000]) expect(await events(bytes, { size })).toEqual(expected);
    }
  });

  test('ISO-8859-15 has the euro at 0xA4', async () => {
    const bytes = Buffer.from('<?xml version="1.0" encoding="ISO-8859-15"?><a>\xa4</a>', 'latin1');
    expect(await events(bytes)).toEqual(['<a', '"€', '>a']);
  });

  test('the header’s charset counts; where either says UTF-8, it is that or an error', async () => {
    const latin = Buffer.from('<a>\xe9</a>', 'latin1');
    const options = { contentType: 'text/xml; charset=ISO-8859-1' };
    expect(await events(latin, options)).toEqual(['<a', '"é', '>a']);
    const utf8 = '<?xml version="1.0" encoding="UTF-8"?><a>é</a>';
    expect(await events(utf8, options)).toEqual(['<a', '"é', '>a']);
    const says = '<?xml version="1.0" encoding="UTF-8"?><a>\xe9</a>';
    expect(await refusal(Buffer.from(says, 'latin1'), options)).toMatchObject({ code: 'charset' });
  });

  test('a text that says UTF-16 in single bytes is UTF-8', async () => {
    const document = '<?xml version="1.0" encoding="utf-16"?><a>é</a>';
    expect(await events(document)).toEqual(['<a', '"é', '>a']);
  });
});

describe('what is refused', () => {
  test.each([1, 5, 10_000])('a wrong byte with its place, in pieces of %i', async (size) => {
    const bytes = Buffer.concat([
      Buffer.from('<a>\n<b>é'),
      Buffer.from([0xe9]),
      Buffer.from('</b></a>'),
    ]);
    expect(await refusal(bytes, { size })).toMatchObject({ code: 'charset', line: 2, byte: 9 });
  });

  test('half a character at the end, and a charset nobody knows', async () => {
    const half = Buffer.concat([Buffer.from('<a>'), Buffer.from([0xc3])]);
    expect(await refusal(half)).toMatchObject({ code: 'truncated', byte: 3 });
    const behind = Buffer.concat([Buffer.from('<a/>'), Buffer.from([0xc3])]);
    expect(await refusal(behind)).toMatchObject({ code: 'truncated' });
    expect(await refusal('<a/>', { contentType: 'text/xml; charset=ebcdic' })).toMatchObject({
      code: 'charset',
    });
    const surrogate = Buffer.from([0xed, 0xa0, 0x80]);
    expect(await refusal(Buffer.concat([Buffer.from('<a>'), surrogate]))).toMatchObject({
      code: 'charset',
      byte: 3,
    });
  });

  const laughs =
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">' +
    '<!ENTITY lol2 "&lol;&lol;&lol;&lol;">]><lolz>&lol2;</lolz>';
  test.each([1, 10_000])('document types at their first letters, in pieces of %i', async (size) => {
    for (const document of [
      laughs,
      '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
      `<!-- x --><?pi?>\n<!DOCTYPE a [${'<!-- long -->'.repeat(50_000)}`,
    ]) {
      expect(await refusal(document, { size: document.length > 1000 ? 1000 : size })).toMatchObject(
        {
          code: 'dtd',
        },
      );
    }
  });

  test('a document type inside the document', async () => {
    const document = '<a><!DOCTYPE a [<!ENTITY x "y">]></a>';
    expect(await refusal(document)).toMatchObject({ code: 'not-well-formed' });
  });

  test('entities of its own, also those that JavaScript would know', async () => {
    for (const name of ['nom', 'constructor', '__proto__', 'toString', 'eacute']) {
      const error = await refusal(`<a>\n&${name};</a>`);
      expect(error).toMatchObject({ code: 'entity', line: 2 });
      expect(error.message).not.toContain(name);
    }
    expect(await refusal('<a b="&nom;"/>')).toMatchObject({ code: 'entity' });
  });

  test('nesting, attributes, texts, names and comments without end', async () => {
    const limits = { maxDepth: 10, maxAttributes: 5, maxText: 1000 };
    const long = 'x'.repeat(1001);
    const cases: [string, string][] = [
      ['<a>'.repeat(11), 'depth'],
      [`<a ${'bcdefg'.replace(/./g, ' $&="1"')}/>`, 'too-long'],
      [`<a>${long}</a>`, 'too-long'],
      [`<a>${'<![CDATA[x]]>'.repeat(1001)}</a>`, 'too-long'],
      [`<a b="${long}"/>`, 'too-long'],
      [`<a><!--${long}--></a>`, 'too-long'],
      [`<a><${long}/></a>`, 'too-long'],
      [`<a>&${long}`, 'too-long'],
      [`<a><?x ${long}`, 'too-long'],
      [`<!--${long}`, 'too-long'],
    ];
    for (const [document, code] of cases) {
      for (const size of [1, 64, 100_000]) {
        const error = await refusal(document, { limits: { ...limits, maxProlog: 900 }, size });
        expect([document.slice(0, 20), size, error.code]).toEqual([
          document.slice(0, 20),
          size,
          code,
        ]);
      }
    }
  });

  test('a comment before the root that never ends is given up at its limit', async () => {
    let given = 0;
    function* chunks() {
      yield Buffer.from('<!-- ');
      for (; given < 1000; given += 1) yield Buffer.alloc(1000, 'x');
    }
    await expect(readXml(chunks(), {})).rejects.toMatchObject({ code: 'too-long' });
    expect(given).toBeLessThan(70);
  });

  test('what ends too early', async () => {
    for (const document of [
      '<a>',
      '<a><b>text',
      '<a><b',
      '<a b="',
      '<a/><!-- ',
      '<?xml version="1.0"?>',
      '<?xml',
    ]) {
      const error = await refusal(document);
      expect([document, error.code]).toEqual([document, 'truncated']);
      expect(error.byte).toBe(document.length);
    }
  });

  test('nothing at all, and something that is no XML', async () => {
    expect(await refusal('')).toMatchObject({ code: 'empty' });
    expect(await refusal(' \r\n\t')).toMatchObject({ code: 'empty' });
    expect(await refusal('\ufeff')).toMatchObject({ code: 'empty' });
    expect(await refusal('{"error":"no"}')).toMatchObject({ code: 'not-well-formed' });
    expect(await refusal('Service unavailable')).toMatchObject({ code: 'not-well-formed' });
  });

  test('a web page, with its title apart from the message', async () => {
    const pages = [
      '<!DOCTYPE html><html><head><title>503 Service\n Unavailable</title></head></html>',
      '\r\n<HTML lang="fr"><head><TITLE>503 Service Unavailable</TITLE>',
      '<?xml version="1.0"?><!DOCTYPE html PUBLIC "x"><title>503 Service Unavailable</title>',
      `<!doctype html><title>503 Service Unavailable</title>${'x'.repeat(100_000)}`,
    ];
    for (const page of pages) {
      for (const size of [1, 100_000]) {
        const error = await refusal(page.slice(0, 20_000), { size });
        expect(error).toMatchObject({ code: 'html', title: '503 Service Unavailable' });
        expect(error.message).not.toContain('503');
      }
    }
    expect(await refusal('<html><body>maintenance')).toMatchObject({ code: 'html', title: '' });
  });

  test('faults have their line, column and byte', async () => {
    const error = await refusal('<a>\n  é<b></c></a>');
    expect(error).toMatchObject({ code: 'not-well-formed', line: 2 });
    // The place is behind the end tag: é is one character and two bytes.
    expect(error.column).toBe(10);
    expect(error.byte).toBe(15);
  });

  test('prefixes that nobody bound, on elements and attributes', async () => {
    for (const document of [
      '<p:a/>',
      '<a p:b="c"/>',
      '<a xmlns:p=""/>',
      '<a:b:c xmlns:a="urn:x"/>',
    ]) {
      expect([document, (await refusal(document)).code]).toEqual([document, 'not-well-formed']);
    }
    expect(await events('<a><b xmlns:p="urn:x"><p:c/></b></a>')).toContain('<c in urn:x');
    expect(await refusal('<a><b xmlns:p="urn:x"/><p:c/></a>')).toMatchObject({
      code: 'not-well-formed',
    });
  });

  test('what the handler throws comes through as it is', () => {
    const mine = new Error('mine');
    const open = () => {
      throw mine;
    };
    expect(() => readXmlBytes(Buffer.from('<a/>'), { open })).toThrow(mine);
  });
});
