import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { salesSchema, salesWsdl } from '../../tests/support/sales-wsdl.ts';
import { checkWsdlSet, WsdlRefused } from './wsdl-set.ts';

let set: string;
let folder: string;
let file: string;

beforeEach(() => {
  set = mkdtempSync(join(tmpdir(), 'parterre-set-'));
  folder = join(set, 'set');
  mkdirSync(join(folder, 'below'), { recursive: true });
  file = join(folder, 'a.wsdl');
  for (const place of [set, folder, join(folder, 'below')]) {
    writeFileSync(join(place, 'types.xsd'), salesSchema);
  }
  symlinkSync(join(set, 'types.xsd'), join(folder, 'link.xsd'));
});

afterEach(() => rmSync(set, { recursive: true }));

describe('a set of WSDLs', () => {
  test.each(['types.xsd', 'below/types.xsd', './below/../types.xsd'])(
    'may hold %s',
    async (way) => {
      writeFileSync(file, salesWsdl(way));
      await expect(checkWsdlSet(file)).resolves.toBeUndefined();
    },
  );

  test.each([
    'http://evil.example/types.xsd',
    'file:///etc/passwd',
    '/etc/passwd',
    '../types.xsd',
    'below/../../types.xsd',
    'link.xsd',
    'missing.xsd',
    '\\\\server\\share',
  ])('takes nothing from %s', async (way) => {
    writeFileSync(file, salesWsdl(way));
    await expect(checkWsdlSet(file)).rejects.toThrow(WsdlRefused);
  });

  test('is looked through to the last import', async () => {
    const chain = '<xs:include schemaLocation="../../types.xsd"/></xs:schema>';
    const below = join(folder, 'below', 'types.xsd');
    writeFileSync(below, salesSchema.replace('</xs:schema>', chain));
    writeFileSync(file, salesWsdl('below/types.xsd'));
    await expect(checkWsdlSet(file)).rejects.toThrow(WsdlRefused);
  });

  test('may go in a circle', async () => {
    const back = '<xs:include schemaLocation="types.xsd"/></xs:schema>';
    writeFileSync(join(folder, 'types.xsd'), salesSchema.replace('</xs:schema>', back));
    writeFileSync(file, salesWsdl('types.xsd'));
    await expect(checkWsdlSet(file)).resolves.toBeUndefined();
  });

  test('holds no document type', async () => {
    const subset = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>';
    writeFileSync(file, salesWsdl('types.xsd').replace('?>', `?>${subset}`));
    await expect(checkWsdlSet(file)).rejects.toMatchObject({ kind: 'xml', code: 'dtd' });
  });
});
