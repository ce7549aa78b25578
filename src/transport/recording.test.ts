import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BodyTap, faultOf, recordedBytesMax, redactUrl, redactXml } from './recording.ts';
import { TransportError } from './transport-error.ts';
import { XmlError } from './xml-error.ts';

const keep = new Set(['seance', 'rang', 'id', 'urn:kept']);

describe('redaction', () => {
  test('keeps what is listed and the layout, blanks the rest in place', () => {
    const document = [
      '<?xml version="1.0" encoding="UTF-8"?>',
      '<s:Body xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:a="urn:kept" b="b">',
      '  <x:seance xmlns:x="urn:x" id="7" titre=\'Mme\'>S1 &amp; S2</x:seance>',
      '  <rang/><nom>Zoé',
      'Dupont</nom><mail><![CDATA[a@b.fr]]></mail><!-- tél. --><?pi secret?>',
      '</s:Body>',
    ].join('\n');
    expect(redactXml(document, keep)).toBe(
      [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<s:Body xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:a="urn:kept" b="·">',
        '  <x:seance xmlns:x="·····" id="7" titre=\'···\'>S1 &amp; S2</x:seance>',
        '  <rang/><nom>···',
        '······</nom><mail><![CDATA[······]]></mail><!--······--><?·········?>',
        '</s:Body>',
      ].join('\n'),
    );
  });

  test('an element within a kept one is not kept by it', () => {
    const document = '<seance>a<nom>Zoé</nom>b</seance>';
    expect(redactXml(document, keep)).toBe('<seance>a<nom>···</nom>b</seance>');
  });

  test.each([
    '',
    'a@b.fr',
    '{"nom":"Zoé"}',
    '<a>Zoé</a>Zoé<',
    '<seance>Zoé',
    '<nom><seance>Zoé</nom></seance>',
    '<nom><seance>Zoé</nom ></seance >',
    '<seance x=Zoé>1</seance>',
    '<!DOCTYPE a [<!ENTITY n "Zoé">]><seance>&n;</seance>',
    '<a>1</a><a>2</a>',
    '<a><![CDATA[Zoé</a>',
  ])('what does not read as XML is not kept: %s', (document) => {
    expect(redactXml(document, keep)).toBeNull();
  });

  test('of a cut text the whole tags are kept, and nothing behind them', () => {
    const document = '<a><seance>1</seance><nom>Zoé Dupont</nom><seance id="12" mail="a@b.fr">2';
    for (let at = 3; at <= document.length; at += 1) {
      const redacted = redactXml(document.slice(0, at), keep, true);
      expect(redacted).not.toBeNull();
      expect(redacted).not.toMatch(/Zo|Dup|@/);
    }
    expect(redactXml('<a><b></a><seance>Zoé', keep, true)).toBeNull();
  });

  test('no text outside the list survives, whatever the document', () => {
    const secret = fc.constantFrom(
      'SECRET',
      'SECRET &amp; SECRET',
      '<![CDATA[SECRET]]>',
      '<!--SECRET-->',
    );
    const node = fc.letrec((tie) => ({
      tree: fc.oneof(
        { depthSize: 'small' },
        secret,
        fc
          .tuple(
            fc.constantFrom('nom', 'p:nom', 'seance', 'x'),
            fc.constantFrom('', ' nom="SECRET"', ' p:a=\'SECRET\' id="1"'),
            fc.array(tie('tree'), { maxLength: 3 }),
          )
          .map(([name, attributes, inner]) => {
            const text = inner.join('');
            // Within a kept element only further elements, so that nothing secret is listed.
            const safe = name === 'seance' && !text.startsWith('<') ? 'fine' : text;
            return `<${name}${attributes}>${name === 'seance' ? `<v>${safe}</v>` : text}</${name}>`;
          }),
      ),
    })).tree;
    fc.assert(
      fc.property(fc.array(node, { maxLength: 5 }), fc.nat(), (nodes, cut) => {
        const document = `<root>${nodes.join('')}</root>`;
        const whole = redactXml(document, keep);
        expect(whole).not.toBeNull();
        expect(whole).toHaveLength(document.length);
        expect(whole).not.toContain('SECRET');
        const part = document.slice(0, cut % document.length);
        expect(redactXml(part, keep, true) ?? '').not.toMatch(/SEC|RET/);
      }),
      { numRuns: 500, seed: 20_260_102 },
    );
  });

  test('addresses lose user, password, and what their query says', () => {
    expect(redactUrl('https://u:p@x.example:8443/a/b?key=s3cret&next=10#z')).toBe(
      'https://x.example:8443/a/b?key=·&next=·',
    );
    expect(redactUrl('not a url with a secret')).toBe('·');
  });
});

describe('bodies as they pass', () => {
  test('length and digest are those of all the bytes, the text is the beginning', () => {
    const tap = new BodyTap();
    const sum = createHash('sha256');
    const piece = Buffer.from('<seance>12</seance><nom>Zoé</nom>\n');
    let bytes = 0;
    const push = (part: Buffer) => {
      tap.push(part);
      sum.update(part);
      bytes += part.length;
    };
    push(Buffer.from('<a>'));
    while (bytes < 3 * recordedBytesMax) push(piece);
    push(Buffer.from('</a>'));
    expect(tap.bytes).toBe(bytes);
    expect(tap.digest()).toBe(sum.digest('hex'));
    const text = tap.redacted(keep, 'text/xml') ?? '';
    expect(text).toContain('<seance>12</seance><nom>···</nom>');
    expect(text).not.toContain('Zoé');
    expect(text).toMatch(new RegExp(`… ${bytes - recordedBytesMax} more bytes were not kept$`));
    expect(text.length).toBeLessThan(recordedBytesMax + 100);
  });

  test('what is kept does not hold on to the buffer it came in', () => {
    const tap = new BodyTap();
    const large = Buffer.from('<a><seance>1</seance></a>'.padEnd(1000));
    tap.push(large.subarray(0, 25));
    large.fill(0);
    expect(tap.redacted(keep, null)).toBe('<a><seance>1</seance></a>');
  });

  test('another charset is read, a wrong one is not kept', () => {
    const latin = new BodyTap();
    latin.push(Buffer.from('<seance>\xe9</seance>', 'latin1'));
    expect(latin.redacted(keep, 'text/xml; charset=iso-8859-1')).toBe('<seance>é</seance>');
    expect(latin.redacted(keep, 'text/xml')).toBeNull();
    expect(new BodyTap().redacted(keep, null)).toBeNull();
    expect(new BodyTap().digest()).toBeNull();
  });
});

test('faults are told by code and place, never by content', () => {
  const transport = new TransportError('idle', { sent: true, detail: 'silence' });
  expect(faultOf(transport)).toEqual({
    outcome: 'idle',
    fault: { code: 'idle', message: 'silence', place: null },
  });
  const place = { line: 3, column: 4, byte: 50 };
  const page = new XmlError('html', 'a web page', place, 'Mme Dupont');
  expect(faultOf(page)).toEqual({
    outcome: 'html',
    fault: { code: 'html', message: 'a web page', place },
  });
  const own = new Error('Zoé');
  expect(JSON.stringify(faultOf(own))).not.toContain('Zoé');
});
