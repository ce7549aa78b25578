import type { LookupAddress, LookupOptions } from 'node:dns';
import { lookup as dnsLookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { BlockList, isIP } from 'node:net';
import { TransportError } from './transport-error.ts';

/**
 * Which addresses a call may go to.
 *
 * The names of resellers come from settings, webhooks from users, and the answer to "where is
 * this name" from a DNS that neither of us owns. So the decision is taken on the address that the
 * socket is about to connect to, inside the lookup of the socket itself: a name that resolves to a
 * public address the first time and to 127.0.0.1 the second gains nothing.
 */

const refusedV4: readonly [string, number][] = [
  ['0.0.0.0', 8], // this host
  ['10.0.0.0', 8],
  ['100.64.0.0', 10], // carriers, and some clouds' metadata
  ['127.0.0.0', 8],
  ['168.63.129.16', 32], // Azure's wire server
  ['169.254.0.0', 16], // link-local: the metadata of most clouds
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24], // 6to4 relays
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
];

const refusedV6: readonly [string, number][] = [
  ['::', 96], // unspecified, loopback, and IPv4 written in the old compatible form
  ['64:ff9b::', 96], // NAT64 leads to any IPv4 address, private ones too
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 32], // Teredo carries an IPv4 address
  ['2001:db8::', 32],
  ['2002::', 16], // 6to4 carries an IPv4 address
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
];

const blocked = new BlockList();
for (const [address, prefix] of refusedV4) blocked.addSubnet(address, prefix, 'ipv4');
const blocked6 = new BlockList();
for (const [address, prefix] of refusedV6) blocked6.addSubnet(address, prefix, 'ipv6');
const mapped = new BlockList();
mapped.addSubnet('::ffff:0:0', 96, 'ipv6');

/** Whether an address (text, IPv4 or IPv6) is one that only an allowed host may lead to. */
export function isPrivateAddress(address: string): boolean {
  const bare = address.split('%')[0] ?? address;
  const family = isIP(bare);
  if (family === 4) return blocked.check(bare, 'ipv4');
  if (family !== 6) return true;
  if (!mapped.check(bare, 'ipv6')) return blocked6.check(bare, 'ipv6');
  const inner = innerIpv4(bare);
  return inner === null || blocked.check(inner, 'ipv4');
}

/** The IPv4 address inside `::ffff:…`, in either spelling. Null when it cannot be read. */
function innerIpv4(address: string): string | null {
  const dotted = /:(\d+\.\d+\.\d+\.\d+)$/.exec(address);
  if (dotted?.[1] !== undefined) return dotted[1];
  const canonical = new URL(`http://[${address}]/`).hostname;
  const groups = /:([0-9a-f]{1,4}):([0-9a-f]{1,4})\]$/.exec(canonical);
  if (groups?.[1] === undefined || groups[2] === undefined) return null;
  const high = Number.parseInt(groups[1], 16);
  const low = Number.parseInt(groups[2], 16);
  return `${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`;
}

/** The host of a URL without the brackets of IPv6 and without a closing dot. */
export function hostOf(url: URL): string {
  return url.hostname
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
    .toLowerCase();
}

/**
 * Whether settings allow this host although its address is private. An entry is a name or an
 * address, with or without a port: `localhost`, `10.1.2.3:8443`, `[::1]:8080`.
 */
export function isAllowedHost(url: URL, allowHosts: readonly string[]): boolean {
  const host = hostOf(url);
  const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
  return allowHosts.some((entry) => {
    const wanted = entry.trim().toLowerCase();
    const bare = wanted.replace(/^\[|\]$/g, '');
    return bare === host || wanted === `${host}:${port}` || wanted === `[${host}]:${port}`;
  });
}

/** Resolves a name to all its addresses; tests give their own. */
export type Resolve = (
  hostname: string,
  done: (error: NodeJS.ErrnoException | null, addresses: readonly LookupAddress[]) => void,
) => void;

export const systemResolve: Resolve = (hostname, done) => {
  dnsLookup(hostname, { all: true }, (error, addresses) => done(error, addresses ?? []));
};

/**
 * The lookup that a socket uses. One private address among several refuses the whole name, since
 * which of them the socket would take is not ours to say.
 */
export function guardedLookup(resolve: Resolve, allowed: boolean): LookupFunction {
  return (hostname: string, options: LookupOptions, callback) => {
    resolve(hostname, (error, addresses) => {
      const failure = error ? dnsError(hostname, error) : refuse(hostname, addresses, allowed);
      const wanted = addresses.filter((entry) =>
        options.family !== 4 && options.family !== 6 ? true : entry.family === options.family,
      );
      const first = wanted[0];
      if (failure || first === undefined) {
        callback(failure ?? dnsError(hostname, null), '', 0);
      } else if (options.all) {
        callback(null, wanted as LookupAddress[]);
      } else {
        callback(null, first.address, first.family);
      }
    });
  };
}

function refuse(hostname: string, addresses: readonly LookupAddress[], allowed: boolean) {
  if (allowed || !addresses.some((entry) => isPrivateAddress(entry.address))) return null;
  return addressRefused(hostname);
}

/** The refusal of a private address, with its cure. */
export function addressRefused(host: string): TransportError {
  return new TransportError('address', {
    sent: false,
    detail: `${host} leads to a private address; add the host to the allowed hosts if you mean it`,
  });
}

function dnsError(hostname: string, cause: NodeJS.ErrnoException | null): TransportError {
  const reason = cause?.code ?? 'no address';
  return new TransportError('dns', {
    sent: false,
    detail: `${hostname} cannot be resolved (${reason})`,
    ...(cause ? { cause } : {}),
  });
}
