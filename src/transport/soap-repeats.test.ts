import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { SoapLibrary } from './soap-library.ts';
import { writeWithRepeats } from './soap-repeats.ts';

const SCHEMA = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:r"
  xmlns="urn:r" elementFormDefault="qualified">
  <xs:complexType name="Place"><xs:sequence>
    <xs:element name="cle" type="xs:int"/>
    <xs:element name="rang" type="xs:string"/>
    <xs:element name="siege" type="xs:string" minOccurs="0"/>
    <xs:element name="libre" type="xs:boolean" minOccurs="0"/>
  </xs:sequence></xs:complexType>
  <xs:element name="ajouter"><xs:complexType><xs:sequence>
    <xs:element name="code" type="xs:string"/>
    <xs:element name="place" type="Place" minOccurs="0" maxOccurs="unbounded"/>
    <xs:element name="quota" type="Place" minOccurs="0" maxOccurs="unbounded"/>
  </xs:sequence></xs:complexType></xs:element>
  <xs:element name="reponse" type="xs:string"/>
</xs:schema>`;

const WSDL = `<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" targetNamespace="urn:r"
  xmlns:r="urn:r" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/">
  <types>${SCHEMA}</types>
  <message name="In"><part name="p" element="r:ajouter"/></message>
  <message name="Out"><part name="p" element="r:reponse"/></message>
  <portType name="P"><operation name="ajouter">
    <input message="r:In"/><output message="r:Out"/>
  </operation></portType>
  <binding name="B" type="r:P">
    <soap:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>
    <operation name="ajouter"><soap:operation soapAction="a"/>
      <input><soap:body use="literal"/></input><output><soap:body use="literal"/></output>
    </operation>
  </binding>
  <service name="S"><port name="P" binding="r:B">
    <soap:address location="http://wsdl.example/never"/>
  </port></service>
</definitions>`;

const folder = join(tmpdir(), `parterre-repeats-${process.pid}`);
let library: SoapLibrary;
const whole: { write(args: Record<string, unknown>): string } = { write: () => '' };

beforeAll(async () => {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'r.wsdl');
  writeFileSync(file, WSDL);
  library = await SoapLibrary.open(file, 'http://127.0.0.1:9/');
  // A list of seven is the library's own: cut into such lists and put together it is the measure.
  whole.write = (args) => library.write('ajouter', args).xml;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const text = fc.string({
  unit: fc.constantFrom('a', 'É', '&', '<', '>', '"', "'", ' ', '\t', '$'),
});
const place = fc.record(
  { siege: text, cle: fc.integer(), rang: text, libre: fc.boolean() },
  { requiredKeys: ['cle', 'rang'] },
);

/** The elements of a list as the library writes them, seven at a time. */
function elements(key: string, items: readonly unknown[]): string {
  let xml = '';
  for (let at = 0; at < items.length; at += 7) {
    const few = items.slice(at, at + 7);
    const message = whole.write({ code: 'X', [key]: few });
    const first = message.indexOf(`:${key}>`);
    const start = first < 0 ? message.indexOf(`<${key}>`) : message.lastIndexOf('<', first);
    const end = message.lastIndexOf(
      '</',
      message.lastIndexOf('</', message.lastIndexOf('</') - 1) - 1,
    );
    xml += message.slice(start, end);
  }
  return xml;
}

it('writes a long list as the library would, element by element', () => {
  const lists = fc.array(place, { minLength: 8, maxLength: 40 });
  fc.assert(
    fc.property(lists, lists, text, (places, quotas, code) => {
      const xml = library.write('ajouter', { code, place: places, quota: quotas }).xml;
      const expected = elements('place', places) + elements('quota', quotas);
      expect(xml).toContain(expected);
      // Nothing else of the message is longer than that of short lists.
      const short = library.write('ajouter', { code, place: places.slice(0, 1) }).xml;
      const one = elements('place', places.slice(0, 1));
      expect(xml.replace(expected, '')).toBe(short.replace(one, ''));
    }),
    { seed: 7, numRuns: 60 },
  );
});

it('leaves lists that are not flat to the library', () => {
  const args = { code: 'X', place: Array.from({ length: 9 }, (_, cle) => ({ cle, rang: null })) };
  const asked: unknown[] = [];
  writeWithRepeats(args, (given) => {
    asked.push(given);
    return '<x/>';
  });
  expect(asked).toEqual([args]);
});

it('lets the library write all of it when the marks do not come back', () => {
  const args = { code: 'X', place: Array.from({ length: 9 }, (_, cle) => ({ cle })) };
  const written = writeWithRepeats(args, (given) => (given === args ? '<all/>' : '<nothing/>'));
  expect(written).toBe('<all/>');
});
