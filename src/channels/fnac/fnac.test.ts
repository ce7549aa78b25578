import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ChannelPorts } from '../../../tests/support/channel-ports.ts';
import { channelPorts } from '../../../tests/support/channel-ports.ts';
import { makeVolatileFolder } from '../../../tests/support/temporary-folder.ts';
import type { AnyOpenChannel, Received } from '../contract/channel.ts';
import type { RunningSimulator } from '../contract/switchboard.ts';
import { fnac } from './channel.ts';
import { fnacAddresses, startFnacSimulator } from './simulator/simulator.ts';

const account = { user: 'u', password: 'p' };
const clock = (): Date => new Date('2027-01-15T12:00:00Z');

let folder: string;
let simulator: RunningSimulator;
let ports: ChannelPorts;

beforeEach(async () => {
  folder = makeVolatileFolder('parterre-fnac-');
  simulator = await startFnacSimulator({
    port: 0,
    folder: join(folder, 'reseller'),
    clock,
    users: { contingent: account, access: account },
    managerCode: 'MOS',
    products: [
      { code: 'P', type: 'pass', prices: { Z: { N: '8.00' } } },
      { code: 'E', performances: [{ start: '2027-03-05T20:00' }], prices: { Z: { N: '9' } } },
    ],
  });
  ports = channelPorts({ host: `127.0.0.1:${simulator.port}`, clock });
});

afterEach(async () => {
  ports.close();
  await simulator.stop();
  rmSync(folder, { recursive: true, force: true });
});

function open(settings: Record<string, unknown> = {}): AnyOpenChannel {
  const addresses = fnacAddresses(simulator.url);
  const config = {
    salesUrl: addresses.EtatVentes,
    contingentUrl: addresses.Contingentement,
    contingentUser: account.user,
    contingentPassword: account.password,
    prepareUrl: addresses.PrepareCtrlAcces,
    getAccessUrl: addresses.GetCtrlAcces,
    accessUser: account.user,
    accessPassword: account.password,
    managerCode: 'MOS',
    ...settings,
  };
  return fnac.open(config, ports);
}

async function pull(channel: AnyOpenChannel, only: string | null = null, batchSize = 100) {
  const batches: { records: readonly Received[]; cursor: string }[] = [];
  const performance =
    only === null ? null : { product: only, performance: null, start: null, hall: null };
  let error: unknown = null;
  try {
    const request = { cursor: null, only: performance, batchSize };
    for await (const batch of channel.sales!.pull(request)) batches.push(batch);
  } catch (failure) {
    error = failure;
  }
  return { batches, records: batches.flatMap(({ records }) => records), error };
}

describe('sales', () => {
  test('batches are full but for a page’s last, each with its own cursor', async () => {
    simulator.switchboard.sell({ product: 'P', count: 2_500 });
    const { batches } = await pull(open(), null, 900);
    expect(batches.map(({ records, cursor }) => [records.length, cursor])).toEqual([
      [900, '900'],
      [900, '1800'],
      [200, '2000'],
      [500, '2500'],
    ]);
  });

  test('a line in another charset breaks its page off; what came before it is kept', async () => {
    simulator.switchboard.sell({ product: 'P', count: 5 });
    simulator.switchboard.rewrite({ sequence: 4, fields: { nom: 'Müller' }, charset: 'latin1' });
    const { records, error } = await pull(open(), null, 1);
    expect(error).toMatchObject({ code: 'external.charset' });
    expect(records.length).toBeLessThan(4);
    expect(records.every(({ readable }) => readable)).toBe(true);
    // Put right by the reseller, the same line is read.
    simulator.switchboard.rewrite({ sequence: 4, fields: { nom: 'Müller' } });
    const again = await pull(open());
    expect(again.records[3]).toMatchObject({ message: { lastName: 'Müller' } });
  });

  test('noParentMethodLimitation: a run from one product takes everything', async () => {
    simulator.switchboard.sell({ product: 'P', count: 2 });
    simulator.switchboard.sell({ product: 'E', start: '2027-03-05T20:00', force: true });
    expect((await pull(open(), 'E')).records).toHaveLength(1);
    const mainUrl = 'NA?next=10&noParentMethodLimitation=true';
    expect((await pull(open({ mainUrl }), 'E')).records).toHaveLength(3);
  });

  test('a product that the reseller does not know is told with its words', async () => {
    const { error } = await pull(open(), 'NO');
    expect(error).toMatchObject({
      code: 'external.fault_unknown_product',
      params: {
        service: 'EtatVentes',
        product: 'NO',
        fault: 'MANIFESTATION_INCONNUE',
        detail: 'Manifestation inconnue: NO',
      },
    });
  });
});

describe('a venue’s own WSDLs', () => {
  test('are read from their folder', async () => {
    const own = join(folder, 'wsdl');
    cpSync(fileURLToPath(new URL('./wire/wsdl/', import.meta.url)), own, { recursive: true });
    const file = join(own, 'EtatVentes.wsdl');
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replaceAll('urn:parterre:fnac:etat-ventes:1', 'urn:own:1'));
    await pull(open({ wsdlFolder: own }));
    // The simulator takes any prefix; what was sent carries the venue's namespace.
    expect(ports.recordings.at(-1)?.request).toContain('<etatVentes xmlns="·········">');
  });

  test('a folder without them is an error that names the file', async () => {
    mkdirSync(join(folder, 'empty'));
    const { error } = await pull(open({ wsdlFolder: join(folder, 'empty') }));
    expect(String(error)).toContain('EtatVentes.wsdl');
  });
});

test('the connection check asks four services and changes nothing', async () => {
  const checks = await open().testConnection();
  expect(checks.map(({ service, outcome }) => [service, outcome])).toEqual([
    ['EtatVentes', 'ok'],
    ['Contingentement', 'ok'],
    ['PrepareCtrlAcces', 'ok'],
    ['GetCtrlAcces', 'ok'],
  ]);
  expect(simulator.switchboard.state()).toMatchObject({ operations: 0, commands: 0 });
});

test('one wrong pair of credentials is told for its two services only', async () => {
  const checks = await open({ accessPassword: 'other' }).testConnection();
  expect(checks.map(({ outcome }) => outcome)).toEqual([
    'ok',
    'ok',
    'wrong-password',
    'wrong-password',
  ]);
});

test('a wrong path on the right host is no wrong password', async () => {
  const checks = await open({ salesUrl: `${simulator.url}/nothing/here` }).testConnection();
  expect(checks[0]?.outcome).toBe('fault');
  expect(checks[0]?.detail).toContain('404');
});
