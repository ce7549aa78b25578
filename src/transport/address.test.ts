import { describe, expect, test } from 'vitest';
import { isAllowedHost, isPrivateAddress } from './address.ts';

describe('private addresses', () => {
  test.each([
    ['127.0.0.1', true],
    ['10.1.2.3', true],
    ['172.31.0.1', true],
    ['172.32.0.1', false],
    ['192.168.1.1', true],
    ['169.254.169.254', true],
    ['100.100.100.200', true],
    ['168.63.129.16', true],
    ['0.0.0.0', true],
    ['8.8.8.8', false],
    ['::1', true],
    ['::', true],
    ['::ffff:127.0.0.1', true],
    ['::ffff:7f00:1', true],
    ['::ffff:8.8.8.8', false],
    ['::127.0.0.1', true],
    ['64:ff9b::7f00:1', true],
    ['fd00:ec2::254', true],
    ['fe80::1%eth0', true],
    ['2606:4700::1111', false],
    ['not an address', true],
  ])('%s is private: %s', (address, expected) => {
    expect(isPrivateAddress(address)).toBe(expected);
  });
});

test.each([
  ['http://localhost:8080/', 'localhost', true],
  ['http://LOCALHOST.:8080/', 'localhost', true],
  ['http://localhost:8080/', 'localhost:8080', true],
  ['http://localhost:8081/', 'localhost:8080', false],
  ['https://localhost/', 'localhost:443', true],
  ['http://[::1]:8080/', '[::1]:8080', true],
  ['http://[::1]:8080/', '::1', true],
  ['http://notlocalhost/', 'localhost', false],
  ['http://localhost.evil.example/', 'localhost', false],
])('%s is allowed by %s: %s', (url, entry, expected) => {
  expect(isAllowedHost(new URL(url), [entry])).toBe(expected);
});
