import { appendFileSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeVolatileFolder } from '../../../../tests/support/temporary-folder.ts';
import type { RunningSimulator } from '../../contract/switchboard.ts';
import { fnacAddresses, startFnacSimulator } from './simulator.ts';

const users = {
  contingent: { user: 'a', password: 'b' },
  access: { user: 'c', password: 'd' },
};
const EVENT = {
  code: 'E',
  performances: [{ start: '2027-03-05T20:00', hall: 'GAR' }],
  prices: { A: { N: '10.00' } },
};
const WHERE = { product: 'E', start: '2027-03-05T20:00' };

let folder: string;
let simulator: RunningSimulator;

async function start(): Promise<RunningSimulator> {
  return startFnacSimulator({
    port: 0,
    folder,
    users,
    managerCode: 'MOS',
    clock: () => new Date('2027-01-15T12:00:00Z'),
    products: [EVENT, { code: 'P', type: 'pass', prices: { Z: { N: '8.00' } } }],
  });
}

async function restart(): Promise<void> {
  await simulator.stop();
  simulator = await start();
}

async function soap(service: 'EtatVentes' | 'Contingentement', body: string): Promise<string> {
  const response = await fetch(fnacAddresses(simulator.url)[service], {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from('a:b').toString('base64')}` },
    body:
      '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>' +
      `${body}</s:Body></s:Envelope>`,
  });
  return response.text();
}

const addPlaces = (reference: string): Promise<string> =>
  soap(
    'Contingentement',
    `<ajouterPlaces><codeGestionnaire>MOS</codeGestionnaire><reference>${reference}</reference>` +
      '<manifestation>E</manifestation><dateSeance>2027-03-05T20:00:00</dateSeance>' +
      '<allotement>ALL</allotement>' +
      '<placeNumerotee><cle>1</cle><bloc/><rang>A</rang><place>1</place><typeTarif>A</typeTarif>' +
      '</placeNumerotee></ajouterPlaces>',
  );

const journal = (): Promise<string> =>
  soap(
    'EtatVentes',
    '<etatVentes><codeGestionnaire>MOS</codeGestionnaire><nombreMax>100</nombreMax></etatVentes>',
  );

beforeEach(async () => {
  folder = makeVolatileFolder('parterre-fnac-');
  simulator = await start();
});

afterEach(async () => {
  await simulator.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('memory', () => {
  test('a killed simulator goes on where it was, to the byte', async () => {
    await addPlaces('R1');
    const { tickets } = simulator.switchboard.sell({ ...WHERE, count: 1 });
    simulator.switchboard.sell({ product: 'P', count: 3 });
    simulator.switchboard.duplicate({ ticket: tickets[0]! });
    simulator.switchboard.cancel({ ticket: tickets[0]! });
    simulator.switchboard.reorder({ count: 2 });
    simulator.switchboard.rewrite({ sequence: 3, fields: { prix: 'x' } });
    const [state, lines] = [simulator.switchboard.state(), await journal()];
    await restart();
    expect(simulator.switchboard.state()).toEqual(state);
    expect(await journal()).toBe(lines);
    expect(state.stock).toMatchObject([{ free: 1, sold: 0 }]);
  });

  test('a last line that was cut is forgotten, and the next one is not glued to it', async () => {
    simulator.switchboard.sell({ product: 'P', count: 1 });
    await simulator.stop();
    const file = join(folder, readdirSync(folder)[0]!);
    appendFileSync(file, '{"entry":"operations","lines":[{"type":"VEN');
    simulator = await start();
    expect(simulator.switchboard.state().operations).toBe(1);
    simulator.switchboard.sell({ product: 'P', count: 1 });
    await restart();
    expect(simulator.switchboard.state().operations).toBe(2);
    for (const line of readFileSync(file, 'utf8').trim().split('\n')) JSON.parse(line);
  });

  test('a step with a key is taken once, also over a restart', async () => {
    const step = { product: 'P', count: 2, idempotencyKey: 'step 1' };
    const first = simulator.switchboard.sell(step);
    expect(simulator.switchboard.sell(step)).toEqual(first);
    await restart();
    expect(simulator.switchboard.sell(step)).toEqual(first);
    expect(simulator.switchboard.state().operations).toBe(2);
  });

  test('a command’s reference is answered the same over a restart', async () => {
    const first = await addPlaces('R1');
    await restart();
    expect(await addPlaces('R1')).toBe(first);
    expect(await addPlaces('R2')).toContain('DEJA_PRESENTE');
  });
});

test('a command that cannot be read changes nothing; its answer keeps to the schema', async () => {
  const where =
    '<codeGestionnaire>MOS</codeGestionnaire><manifestation>E</manifestation>' +
    '<dateSeance>2027-03-05T20:00:00</dateSeance><allotement>ALL</allotement>';
  const quota = (key: string, quantity: string): string =>
    `<quota><cle>${key}</cle><bloc>Z</bloc><typeTarif>A</typeTarif>` +
    `<quantite>${quantity}</quantite></quota>`;
  const send = (operation: string, reference: string, line: string): Promise<string> =>
    soap(
      'Contingentement',
      `<${operation}>${where}<reference>${reference}</reference>${line}</${operation}>`,
    );
  expect(await send('ajouterPlaces', 'R1', quota('1', '5'))).toContain('ACCEPTEE');
  for (const quantity of ['many', '', '-1', '1.5']) {
    const answer = await send('retirerPlaces', `W ${quantity}`, quota('1', quantity));
    expect(answer).toContain('<resultat>REFUSEE</resultat><quantite>0</quantite>');
  }
  for (const key of ['x', '']) {
    const answer = await send('ajouterPlaces', `K ${key}`, quota(key, '5'));
    expect(answer).toContain('<etat>REFUSEE</etat>');
    expect(answer).not.toContain('<cle>');
  }
  expect(simulator.switchboard.state().stock).toMatchObject([{ free: 5, sold: 0 }]);
});

describe('switchboard', () => {
  test('over HTTP, with its refusals', async () => {
    const post = (command: string, body: unknown): Promise<Response> =>
      fetch(`${simulator.url}/switchboard/${command}`, {
        method: 'POST',
        body: JSON.stringify(body),
      });
    const sold = await post('sell', { product: 'P', count: 2 });
    expect(await sold.json()).toMatchObject({ tickets: { length: 2 } });
    expect((await post('sell', { ...WHERE, count: 1 })).status).toBe(409);
    expect((await post('sell', { product: 'NO' })).status).toBe(404);
    expect((await post('constructor', {})).status).toBe(404);
    const state = await fetch(`${simulator.url}/switchboard/state`);
    expect(await state.json()).toMatchObject({ operations: 2, living: 2 });
  });

  test('the same seed and the same steps give the same numbers', async () => {
    const first = simulator.switchboard.sell({ product: 'P', count: 3 });
    await simulator.stop();
    rmSync(folder, { recursive: true });
    simulator = await start();
    expect(simulator.switchboard.sell({ product: 'P', count: 3 })).toEqual(first);
  });

  test('codes and numbers come once', () => {
    simulator.switchboard.sell({ product: 'P', count: 5_000 });
    const { tickets } = simulator.switchboard.state();
    expect(new Set(tickets.map(({ barcode }) => barcode)).size).toBe(5_000);
    expect(new Set(tickets.map(({ ticket }) => ticket)).size).toBe(5_000);
  });

  test('a sold place is not sold twice, a cancelled one is free again', async () => {
    await addPlaces('R1');
    const { tickets } = simulator.switchboard.sell({ ...WHERE, count: 1 });
    expect(() => simulator.switchboard.sell({ ...WHERE, count: 1 })).toThrow(/0 of 1/);
    simulator.switchboard.refund({ ticket: tickets[0]!, amount: '4.00' });
    expect(simulator.switchboard.state().stock[0]).toMatchObject({ free: 0, sold: 1 });
    // What is given back in full is a cancellation.
    simulator.switchboard.refund({ ticket: tickets[0]!, amount: '6.00' });
    expect(simulator.switchboard.state().stock[0]).toMatchObject({ free: 1, sold: 0 });
    expect(() => simulator.switchboard.cancel({ ticket: tickets[0]! })).toThrow(/closed/);
  });

  test('a tariff that the reseller invents is sold at the price it is like', () => {
    simulator.switchboard.newTariff({ code: '99', like: 'N', idempotencyKey: 'k' });
    simulator.switchboard.sell({ product: 'P', tariff: '99' });
    expect(simulator.switchboard.state().tickets[0]).toMatchObject({ tariff: '99', price: '8.00' });
  });
});

test('serves its WSDLs with its own address', async () => {
  const address = fnacAddresses(simulator.url).EtatVentes;
  const wsdl = await (await fetch(`${address}?wsdl`)).text();
  expect(wsdl).toContain(`location="${address}"`);
  const schema = await fetch(new URL('commun.xsd', address));
  expect(await schema.text()).toContain('targetNamespace="urn:parterre:fnac:commun:1"');
});
