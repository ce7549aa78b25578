import { expect } from 'vitest';
import type { ContractCase, ContractHouse } from './house.ts';

const always = (): boolean => true;

async function outcomes(house: ContractHouse, config: Record<string, unknown>): Promise<string[]> {
  const checks = await house.reopen(config).testConnection();
  return [...new Set(checks.map(({ outcome }) => outcome))];
}

export const CONNECTION_CASES: readonly ContractCase[] = [
  {
    name: 'connection.right: the right key opens every service',
    needs: always,
    async run(house) {
      expect(await outcomes(house, house.config)).toEqual(['ok']);
    },
  },
  {
    name: 'connection.wrong-password: is told as that, and the password is in no recording',
    needs: always,
    async run(house) {
      const config = house.settings.wrongPassword(house.config);
      expect(await outcomes(house, config)).toEqual(['wrong-password']);
      const secrets = Object.entries(house.channel.config.fields)
        .filter(([, { secret }]) => secret)
        .map(([name]) => String(config[name]));
      const recorded = JSON.stringify(house.ports.recordings);
      for (const secret of secrets) expect(recorded).not.toContain(secret);
    },
  },
  {
    name: 'connection.unknown-account: is told as that',
    needs: always,
    async run(house) {
      const config = house.settings.unknownAccount(house.config);
      expect(await outcomes(house, config)).toEqual(['unknown-account']);
    },
  },
  {
    name: 'connection.host-down: is told as that',
    needs: always,
    async run(house) {
      const config = house.config;
      await house.simulator.stop();
      expect(await outcomes(house, config)).toEqual(['unreachable']);
    },
  },
];
