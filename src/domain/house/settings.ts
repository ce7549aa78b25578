/** Settings and secrets of an interface: what is given, on top of what is stored. */
import type { Setting } from './file.ts';

export interface ChannelSecrets {
  config: Readonly<Record<string, unknown>>;
  secrets: Readonly<Record<string, string>>;
}

/** As a person gives them: null takes a field away; a secret may stand in either. */
export interface GivenSettings {
  config?: Readonly<Record<string, Setting>> | undefined;
  secrets?: Readonly<Record<string, string | null>> | undefined;
}

/** Fields that the channel keeps secret go to the secrets, wherever they are given. */
export function mergeSettings(
  stored: ChannelSecrets,
  given: GivenSettings,
  secretFields: ReadonlySet<string>,
): { config: Record<string, unknown>; secrets: Record<string, string> } {
  const config: Record<string, unknown> = { ...stored.config };
  const secrets: Record<string, string> = { ...stored.secrets };
  const own = given.secrets ?? {};
  for (const [field, content] of [...Object.entries(given.config ?? {}), ...Object.entries(own)]) {
    const secret = Object.hasOwn(own, field) || secretFields.has(field);
    const target: Record<string, unknown> = secret ? secrets : config;
    if (content === null) delete target[field];
    else target[field] = secret ? String(content) : content;
  }
  // A field that became a secret never stays behind in the open.
  for (const field of secretFields) delete config[field];
  return { config, secrets };
}

/**
 * Whoever may change an address but does not know the passwords could have them sent to a server
 * of theirs. So with a new address each stored secret is given anew, or goes.
 */
export function secretsMayFollow(
  before: ChannelSecrets,
  given: GivenSettings,
  after: ChannelSecrets,
): boolean {
  const anew = new Set([given.config, given.secrets].flatMap((of) => Object.keys(of ?? {})));
  const kept = Object.keys(before.secrets).some(
    (field) => Object.hasOwn(after.secrets, field) && !anew.has(field),
  );
  if (!kept) return true;
  const former = originsOf(before.config);
  return [...originsOf(after.config)].every((origin) => former.has(origin));
}

function originsOf(config: Readonly<Record<string, unknown>>): Set<string> {
  const texts = Object.values(config).filter((value) => typeof value === 'string');
  return new Set(texts.flatMap((text) => (URL.canParse(text) ? [new URL(text).origin] : [])));
}
