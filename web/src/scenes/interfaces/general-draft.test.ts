import { expect, test } from 'vitest';
import type { InterfaceSettings } from '../../api/generated/client.ts';
import { changedFields, configOf, fieldOf } from './general-draft.ts';

const stored = {
  reseller: 'FNAC',
  contact: 'cnt_1',
  config: { managerCode: 'MOS', mainUrl: 'NA' },
} as unknown as InterfaceSettings;

test('what was typed is shown over what is stored, an emptied field too', () => {
  expect(fieldOf({ contact: null }, stored, 'contact')).toBeNull();
  expect(fieldOf({ contact: null }, stored, 'reseller')).toBe('FNAC');
  expect(configOf({ config: { mainUrl: null } }, stored)).toEqual({
    managerCode: 'MOS',
    mainUrl: null,
  });
});

test('what another person changed is told field by field, settings of the channel too', () => {
  const now = { ...stored, reseller: 'FNAC Paris', config: { managerCode: 'JAR', mainUrl: 'NA' } };
  expect(changedFields(stored, now)).toEqual(['reseller', 'managerCode']);
  expect(changedFields(stored, { ...stored })).toEqual([]);
});
