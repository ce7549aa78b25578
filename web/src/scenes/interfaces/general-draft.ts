/**
 * What a person has typed over an interface's settings: only the fields that were touched, so that
 * what another person changed meanwhile stays theirs.
 */
import type { InterfaceSettings, PatchInterfaceSettingsBody } from '../../api/generated/client.ts';

export type Draft = Omit<PatchInterfaceSettingsBody, 'foretell' | 'reason'>;

/** A field as it will be: what was typed, else what is stored. */
export function fieldOf<Name extends keyof Draft & keyof InterfaceSettings>(
  draft: Draft,
  stored: InterfaceSettings,
  name: Name,
): InterfaceSettings[Name] {
  const typed = draft[name];
  return typed === undefined ? stored[name] : (typed as unknown as InterfaceSettings[Name]);
}

/** The channel's settings as they will be; null empties one. */
export function configOf(draft: Draft, stored: InterfaceSettings): Record<string, unknown> {
  return { ...stored.config, ...draft.config };
}

/** Names of what differs between what was read first and what is stored now. */
export function changedFields(before: InterfaceSettings, now: InterfaceSettings): string[] {
  const names = Object.keys(now) as (keyof InterfaceSettings)[];
  return names.flatMap((name) => {
    if (JSON.stringify(before[name]) === JSON.stringify(now[name])) return [];
    if (name !== 'config') return [name];
    const settings = new Set([...Object.keys(before.config), ...Object.keys(now.config)]);
    return [...settings].filter((one) => before.config[one] !== now.config[one]);
  });
}
