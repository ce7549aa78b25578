import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { RudeServer } from '../../tests/support/rude-server.ts';
import { answering, pouring, startRudeServer } from '../../tests/support/rude-server.ts';
import { salesSchema, salesWsdl } from '../../tests/support/sales-wsdl.ts';
import type { Http } from './http.ts';
import { createHttp } from './http.ts';
import type { WireCall } from './recording.ts';
import type { SoapOptions } from './soap.ts';
import { createSoapPort, openSoap, SoapFault } from './soap.ts';
import { TransportError } from './transport-error.ts';
import type { XmlRecord } from './xml.ts';
import { XmlError } from './xml.ts';

const soapNs = 'http://schemas.xmlsoap.org/soap/envelope/';
const envelope = (body: string) =>
  `<s:Envelope xmlns:s="${soapNs}"><s:Header/><s:Body>${body}</s:Body></s:Envelope>`;
const list = (inner: string) =>
  envelope(`<t:listerReponse xmlns:t="urn:t">${inner}</t:listerReponse>`);
const fault = envelope(
  '<s:Fault><faultcode>s:Client</faultcode><faultstring>Gestionnaire inconnu</faultstring>' +
    '<detail><t:erreur xmlns:t="urn:t"><t:code>GEST</t:code><t:message>XYZ</t:message>' +
    '</t:erreur></detail></s:Fault>',
);
const sale = (number: number) =>
  `<t:vente><t:numero>${number}</t:numero><t:prix>12.50</t:prix><t:nom>Zoé</t:nom></t:vente>`;

let folder: string;
let wsdlFile: string;
let server: RudeServer;
let http: Http;
let calls: WireCall[];
let now: number;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'parterre-wsdl-'));
  wsdlFile = join(folder, 'service.wsdl');
  writeFileSync(wsdlFile, salesWsdl('types.xsd'));
  writeFileSync(join(folder, 'types.xsd'), salesSchema);
});

afterAll(() => rmSync(folder, { recursive: true }));

beforeEach(async () => {
  server = await startRudeServer();
  http = createHttp({ allowHosts: ['localhost'] });
  calls = [];
  now = Date.UTC(2026, 0, 1);
});

afterEach(async () => {
  http.close();
  await server.close();
});

function open(options: Partial<SoapOptions> = {}) {
  return openSoap({
    wsdlFile,
    endpoint: `${server.url}/here?cle=s3cret`,
    credentials: { user: 'mosa', password: 'p@ss' },
    http,
    recorder: { record: (call) => void calls.push(call) },
    clock: () => {
      now += 5;
      return new Date(now);
    },
    keep: ['numero', 'suivant', 'code'],
    ...options,
  });
}

async function failure(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => null,
    (reason: unknown) => reason,
  );
}

async function readAll(records: AsyncIterable<XmlRecord[]>) {
  const seen: XmlRecord[] = [];
  const error = await failure(
    (async () => {
      for await (const batch of records) seen.push(...batch);
    })(),
  );
  return { seen, error };
}

const query = { record: 'vente', namespaces: ['urn:t'], fields: new Set(['numero', 'prix']) };

describe('small messages', () => {
  test('are written by the WSDL and sent to the endpoint of the settings', async () => {
    server.behave(answering(list(sale(1))));
    const soap = await open();
    expect(soap.operations).toEqual(['lister']);
    await soap.call('lister', { code: 'M<&>S' });
    const [heard] = server.heard;
    expect(heard).toMatchObject({ method: 'POST', path: '/here?cle=s3cret' });
    expect(heard?.headers.soapaction).toBe('"urn:t:lister"');
    expect(heard?.headers['content-type']).toBe('text/xml; charset=utf-8');
    expect(heard?.headers.authorization).toBe(`Basic ${btoa('mosa:p@ss')}`);
    expect(heard?.body).toContain('<t:code>M&lt;&amp;&gt;S</t:code>');
  });

  test('their values are texts as they came', async () => {
    const inner =
      '<t:vente><t:numero>007</t:numero><t:prix>12.50</t:prix><t:essai>1</t:essai>' +
      '<t:instant>2026-03-29T02:30:00</t:instant>' +
      '<t:nom><![CDATA[<?xml version="1.0"?><a/>]]></t:nom></t:vente>' +
      '<t:vente><t:numero>12345678901234567890</t:numero>' +
      '<t:prix xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:nil="true"/>' +
      '<t:nom/></t:vente>' +
      '<t:suivant/>';
    server.behave(answering(list(inner)));
    const answer = await (await open()).call('lister', { code: 'MOS' });
    expect(answer).toEqual({
      status: 200,
      body: {
        vente: [
          {
            numero: '007',
            prix: '12.50',
            essai: '1',
            instant: '2026-03-29T02:30:00',
            nom: '<?xml version="1.0"?><a/>',
          },
          { numero: '12345678901234567890', nom: '' },
        ],
        suivant: '',
      },
    });
  });

  test('are recorded once, without what is not listed', async () => {
    const answer = list(`${sale(7)}<t:suivant>9</t:suivant>`);
    server.behave(answering(answer));
    await (await open()).call('lister', { code: 'MOS', motDePasse: 'geheim' });
    const sent = server.heard[0]?.body ?? '';
    expect(calls).toHaveLength(1);
    expect(calls[0]).toMatchObject({
      operation: 'lister',
      method: 'POST',
      url: `${server.url}/here?cle=·`,
      startedAt: new Date(Date.UTC(2026, 0, 1) + 5),
      durationMs: 5,
      status: 200,
      requestBytes: Buffer.byteLength(sent),
      responseBytes: Buffer.byteLength(answer),
      requestDigest: createHash('sha256').update(sent).digest('hex'),
      responseDigest: createHash('sha256').update(answer).digest('hex'),
      outcome: 'ok',
      fault: null,
    });
    expect(calls[0]?.request).toContain('<t:code>MOS</t:code><t:motDePasse>······</t:motDePasse>');
    expect(calls[0]?.response).toContain('<t:numero>7</t:numero><t:prix>·····</t:prix>');
    expect(calls[0]?.response).toContain('<t:suivant>9</t:suivant>');
    expect(JSON.stringify(calls)).not.toMatch(/geheim|p@ss|s3cret|Zoé|12\.50|Basic/);
  });

  test.each([200, 400, 500])('a fault with status %i is a fault', async (status) => {
    server.behave(answering(fault, 'text/xml', status));
    const error = await failure((await open()).call('lister', { code: 'XYZ' }));
    expect(error).toBeInstanceOf(SoapFault);
    expect(error).toMatchObject({
      faultcode: 's:Client',
      faultstring: 'Gestionnaire inconnu',
      detail: { code: 'GEST', message: 'XYZ', fields: { code: 'GEST', message: 'XYZ' } },
      status,
    });
    expect(calls).toMatchObject([
      { outcome: 'fault', status, fault: { code: 'GEST', message: '' } },
    ]);
    expect(calls[0]?.response).toContain('<faultstring>····················</faultstring>');
  });

  test('a status that nothing explains is told by its number', async () => {
    const soap = await open();
    for (const [status, body] of [
      [401, 'no'],
      [503, '<html>'],
      [500, ''],
      [404, list('')],
    ] as const) {
      server.behave(answering(body, 'text/plain', status));
      const error = await failure(soap.call('lister', { code: 'MOS' }));
      expect(error).toBeInstanceOf(TransportError);
      expect(error).toMatchObject({ code: 'status', status, sent: true });
    }
    expect(calls.map((call) => [call.outcome, call.status, call.response])).toEqual([
      ['status', 401, null],
      ['status', 503, null],
      ['status', 500, null],
      ['status', 404, null],
    ]);
  });

  const laughs =
    '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>' +
    envelope('<t:listerReponse xmlns:t="urn:t">&b;</t:listerReponse>');
  test.each([
    ['html', '<!DOCTYPE html><title>Maintenance chez Zoé</title>'],
    ['dtd', laughs],
    ['truncated', list(sale(1)).slice(0, -20)],
    ['not-well-formed', list('<t:vente></t:autre>')],
    ['charset', Buffer.from(list(sale(1)), 'latin1')],
    ['empty', ''],
    ['envelope', '<other/>'],
    ['envelope', envelope('<t:autreReponse xmlns:t="urn:t"/>')],
    ['envelope', envelope('')],
    ['envelope', list('<__proto__><t:x>1</t:x></__proto__>')],
    ['envelope', list('<t:vente href="#1"/>')],
  ])('%s: refused, and kept as length, digest and place only', async (code, body) => {
    server.behave(answering(body));
    const error = await failure((await open()).call('lister', { code: 'MOS' }));
    expect(error).toBeInstanceOf(XmlError);
    expect(error).toMatchObject({ code });
    expect(calls).toMatchObject([{ outcome: code, status: 200, response: null, fault: { code } }]);
    expect(calls[0]?.responseBytes).toBe(Buffer.byteLength(body));
    expect(JSON.stringify(calls)).not.toContain('Zo');
  });

  test('what happens on the way is recorded too', async () => {
    server.behave((answer) => void answer.socket?.resetAndDestroy());
    const error = await failure((await open()).call('lister', { code: 'MOS' }));
    expect(error).toMatchObject({ code: 'reset', sent: true });
    expect(calls).toMatchObject([
      { outcome: 'reset', status: null, responseBytes: 0, responseDigest: null },
    ]);
  });

  test('a recording that fails takes nothing with it', async () => {
    server.behave(answering(list(sale(1))));
    const lost: unknown[] = [];
    const soap = await open({
      recorder: { record: () => Promise.reject(new Error('full')) },
      onRecordingFailed: (error) => lost.push(error),
    });
    expect(await soap.call('lister', { code: 'MOS' })).toMatchObject({ status: 200 });
    expect(lost).toHaveLength(1);
  });

  test('an unknown operation and an argument that XML does not know never leave', async () => {
    const soap = await open();
    await expect(async () => soap.call('autre', {})).rejects.toThrow('autre is not in the WSDL');
    await expect(async () => soap.call('lister', { code: 'a\x00' })).rejects.toThrow('character');
    expect(server.heard).toHaveLength(0);
  });
});

describe('large answers', () => {
  test('come as records, with what stands around them', async () => {
    const sales = Array.from({ length: 1200 }, (_, index) => sale(index)).join('');
    server.behave(answering(list(`${sales}<t:suivant>1200</t:suivant>`)));
    const header: string[][] = [];
    const soap = await open();
    const { seen, error } = await readAll(
      soap.records(
        'lister',
        { code: 'MOS' },
        { ...query, header: (...leaf) => void header.push(leaf) },
      ),
    );
    expect(error).toBeNull();
    expect(seen).toHaveLength(1200);
    expect(seen[1199]).toEqual({ numero: '1199', prix: '12.50' });
    expect(header).toEqual([
      ['Header', ''],
      ['suivant', '1200'],
    ]);
    expect(calls).toMatchObject([{ outcome: 'ok', status: 200 }]);
  });

  test.each([200, 500])('a fault with status %i at the start is a fault', async (status) => {
    server.behave(answering(fault, 'text/xml', status));
    const soap = await open();
    const { seen, error } = await readAll(soap.records('lister', { code: 'XYZ' }, query));
    expect([seen, error]).toMatchObject([
      [],
      { kind: 'soap-fault', detail: { code: 'GEST' }, status },
    ]);
    const again = await failure(soap.stream('lister', { code: 'XYZ' }));
    expect(again).toBeInstanceOf(SoapFault);
    expect(calls).toMatchObject([{ outcome: 'fault' }, { outcome: 'fault' }]);
  });

  test('a page, nothing, another answer and a bare status at the start', async () => {
    const soap = await open();
    const cases = [
      ['html', '<html><title>x</title>', 200],
      ['empty', '', 200],
      ['envelope', envelope('<t:autre xmlns:t="urn:t"/>'), 200],
      ['envelope', '<a/>', 200],
      ['status', 'no', 401],
    ] as const;
    for (const [code, body, status] of cases) {
      server.behave(answering(body, 'text/xml', status));
      const { error } = await readAll(soap.records('lister', { code: 'MOS' }, query));
      expect(error).toMatchObject({ code });
    }
    expect(calls.map((call) => call.outcome)).toEqual(cases.map(([code]) => code));
  });

  test('what came whole is handed over; the recording says how it ended', async () => {
    const soap = await open();
    const whole = list(sale(1) + sale(2) + sale(3));
    server.behave(answering(whole.slice(0, whole.lastIndexOf('Zo'))));
    const cut = await readAll(soap.records('lister', { code: 'MOS' }, query));
    expect(cut.seen.map((record) => record.numero)).toEqual(['1', '2']);
    expect(cut.error).toMatchObject({ kind: 'xml', code: 'truncated' });
    server.behave((answer) => {
      answer.writeHead(200, { 'content-type': 'text/xml', 'content-length': whole.length + 100 });
      answer.write(whole.slice(0, -60), () => answer.socket?.end());
    });
    const broken = await readAll(soap.records('lister', { code: 'MOS' }, query));
    expect(broken.seen.length).toBeGreaterThanOrEqual(2);
    expect(broken.error).toMatchObject({ kind: 'transport', code: 'reset' });
    expect(calls).toMatchObject([
      { outcome: 'truncated', response: null, fault: { code: 'truncated', place: { line: 1 } } },
      { outcome: 'reset', response: null },
    ]);
  });

  test('one that nobody wants any more is broken off and recorded as that', async () => {
    function* endless() {
      yield `<s:Envelope xmlns:s="${soapNs}"><s:Body><t:listerReponse xmlns:t="urn:t">`;
      for (;;) yield sale(1).repeat(100);
    }
    server.behave(pouring(endless));
    const soap = await open();
    for await (const batch of soap.records('lister', { code: 'MOS' }, query)) {
      expect(batch.length).toBeGreaterThan(0);
      break;
    }
    expect(calls).toMatchObject([{ outcome: 'aborted' }]);
    const small = await open({ operationLimits: { lister: { maxBytes: 300_000 } } });
    const { error } = await readAll(small.records('lister', { code: 'MOS' }, query));
    expect(error).toMatchObject({ kind: 'transport', code: 'too-large' });
  });

  test('200 MB are read within bounded memory', async () => {
    const piece = Buffer.from(sale(1).repeat(1000));
    const rounds = Math.ceil((200 * 1024 * 1024) / piece.length);
    function* huge() {
      yield `<s:Envelope xmlns:s="${soapNs}"><s:Body><t:listerReponse xmlns:t="urn:t">`;
      for (let round = 0; round < rounds; round += 1) yield piece;
      yield '</t:listerReponse></s:Body></s:Envelope>';
    }
    server.behave(pouring(huge));
    const script = new URL('../../tests/support/read-huge-answer.ts', import.meta.url).pathname;
    const args = [
      '--max-semi-space-size=8',
      '--max-old-space-size=64',
      script,
      wsdlFile,
      server.url,
    ];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    const result = JSON.parse(stdout) as { records: number; most: number; kept: number };
    expect(result.records).toBe(rounds * 1000);
    expect(result.most).toBeLessThan(150 * 1024 * 1024);
    expect(result.kept).toBeGreaterThan(0);
    expect(result.kept).toBeLessThan(300 * 1024);
  });

  test('a stream hands the bytes on and is recorded at its end', async () => {
    const text = list(sale(1));
    server.behave(answering(text));
    const soap = await open();
    const stream = await soap.stream('lister', { code: 'MOS' });
    expect(calls).toHaveLength(0);
    const parts: Uint8Array[] = [];
    for await (const part of stream.chunks) parts.push(part);
    expect(Buffer.concat(parts).toString()).toBe(text);
    expect(calls).toMatchObject([{ outcome: 'ok', responseBytes: Buffer.byteLength(text) }]);
  });
});

test('the port opens services and knows our errors from defects', async () => {
  server.behave(answering(list(sale(1))));
  const port = createSoapPort({
    http,
    recorder: { record: (call) => void calls.push(call) },
    clock: () => new Date(now),
  });
  const soap = await port.open({ wsdlFile, endpoint: server.url, credentials: null, keep: [] });
  await soap.call('lister', { code: 'MOS' });
  expect(server.heard[0]?.headers.authorization).toBeUndefined();
  expect(calls).toHaveLength(1);
  const error = new TransportError('dns', { sent: false, detail: 'x' });
  expect(port.wireError(error)).toBe(error);
  expect(port.wireError(new TypeError('x'))).toBeNull();
});
