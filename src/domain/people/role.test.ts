import { describe, expect, it } from 'vitest';
import type { Action, Role } from './role.ts';
import { ACTIONS, callerMay, isAction, isRole, may, ROLES } from './role.ts';

/**
 * The design's sentence, said once more by hand: administrator (all), ticketing manager (the
 * house but its people), box office (reads, starts runs, settles cases), steward (scans),
 * auditor (reads all). A plus is what the role may, in the order of ROLES.
 */
const DESIGN: Record<Action, string> = {
  read: '+++-+',
  'journal.read': '++--+',
  'door.read': '+++++',
  'door.scan': '++++-',
  'door.block': '++---',
  'runs.start': '+++--',
  'runs.cancel': '+++--',
  'cases.settle': '+++--',
  'cases.accept_money': '++---',
  'cursor.move': '++---',
  'mappings.write': '++---',
  'house.write': '++---',
  'quotas.write': '++---',
  'prices.write': '++---',
  'interfaces.write': '++---',
  'interfaces.test': '+++--',
  'schedules.write': '++---',
  'schedules.resume': '+++--',
  'selling.write': '++---',
  'tests.write': '++---',
  'performance.write': '++---',
  'performance.reopen': '++---',
  'account.enter': '++---',
  'account.close': '++---',
  'accounting.export': '++--+',
  'notifications.write': '+++-+',
  'webhooks.write': '++---',
  'secrets.write': '+----',
  'people.read': '+---+',
  'people.write': '+----',
  'keys.read': '+---+',
  'keys.write': '+----',
};

describe('roles', () => {
  it('are the five of the design', () => {
    expect(ROLES).toEqual(['administrator', 'manager', 'box_office', 'steward', 'auditor']);
  });

  it('know each action of the design and no other', () => {
    expect([...ACTIONS].sort()).toEqual(Object.keys(DESIGN).sort());
  });

  const cells = Object.entries(DESIGN).flatMap(([action, row]) =>
    ROLES.map((role, at) => [role, action as Action, row[at] === '+'] as const),
  );
  it.each(cells)('%s, %s: %s', (role, action, allowed) => {
    expect(may(role, action)).toBe(allowed);
  });

  it('let an auditor change nothing of the house', () => {
    const own = ['notifications.write', 'accounting.export'];
    const writes = ACTIONS.filter((one) => !one.endsWith('read') && !own.includes(one));
    expect(writes.filter((one) => may('auditor', one))).toEqual([]);
  });

  it('show a steward the door and nothing else', () => {
    expect(ACTIONS.filter((one) => may('steward', one))).toEqual(['door.read', 'door.scan']);
  });

  it('allow nothing to an action or a role that does not exist', () => {
    expect(may('administrator', 'house.burn' as Action)).toBe(false);
    expect(may('owner' as Role, 'read')).toBe(false);
    expect([isRole('owner'), isRole('steward')]).toEqual([false, true]);
    expect([isAction('toString'), isAction('read')]).toEqual([false, true]);
  });
});

describe('scopes of a key', () => {
  it('narrow its role and never widen it', () => {
    const key = { role: 'box_office' as const, scopes: new Set(['read', 'people.write']) };
    expect(callerMay(key, 'read')).toBe(true);
    expect(callerMay(key, 'runs.start')).toBe(false);
    expect(callerMay(key, 'people.write')).toBe(false);
    expect(callerMay({ role: 'box_office', scopes: null }, 'runs.start')).toBe(true);
    expect(callerMay({ role: 'administrator', scopes: new Set() }, 'read')).toBe(false);
  });
});
