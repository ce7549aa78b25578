import { describe, expect, test } from 'vitest';
import type { Channel } from './channel.ts';
import { ACCESS_CASES } from './kit/access-cases.ts';
import { CONNECTION_CASES } from './kit/connection-cases.ts';
import { EXPORT_CASES } from './kit/export-cases.ts';
import { FILE_CASES } from './kit/file-cases.ts';
import type { ContractCase, ContractSettings } from './kit/house.ts';
import { ContractHouse } from './kit/house.ts';
import { RUDENESS_CASES } from './kit/rudeness-cases.ts';
import { SALES_CASES } from './kit/sales-cases.ts';
import { SHAPE_CASES } from './kit/shape-cases.ts';

export type { ContractSettings } from './kit/house.ts';

const CASES: readonly ContractCase[] = [
  ...SHAPE_CASES,
  ...CONNECTION_CASES,
  ...EXPORT_CASES,
  ...SALES_CASES,
  ...FILE_CASES,
  ...ACCESS_CASES,
  ...RUDENESS_CASES,
];

/** The name of a case is what stands before the colon. */
function shortName({ name }: ContractCase): string {
  return name.split(':', 1)[0] ?? name;
}

/**
 * The wire half of the contract: what every channel must do at its reseller's real wire, against
 * its simulator. The cases follow from the capabilities; one is skipped only with a written reason
 * (`skip`: short name → reason).
 */
export function describeChannel(channel: Channel, settings: ContractSettings): void {
  const applicable = CASES.filter((one) => one.needs(channel.capabilities));
  describe(`the channel contract, wire half: ${channel.id}`, () => {
    for (const one of applicable) {
      const reason = settings.skip[shortName(one)];
      if (reason === undefined) {
        test(one.name, () => ContractHouse.with(channel, settings, (house) => one.run(house)));
      } else {
        test.skip(`${one.name} (skipped: ${reason})`, () => {});
      }
    }
    test('skips only cases that apply, each with a reason', () => {
      const names = applicable.map(shortName);
      expect(Object.keys(settings.skip).filter((name) => !names.includes(name))).toEqual([]);
      expect(Object.values(settings.skip).filter((reason) => reason.trim() === '')).toEqual([]);
    });
  });
}
