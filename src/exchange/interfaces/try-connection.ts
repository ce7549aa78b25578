/** Tests the connection with settings that nobody has saved yet: nothing is kept of it. */
import type { ConnectionCheck } from '../../channels/contract/channel.ts';
import type { GivenSettings } from '../../domain/house/settings.ts';
import { mergeSettings, secretsMayFollow } from '../../domain/house/settings.ts';
import { readHouseOrganisation } from '../../store/house-store.ts';
import { findInterface } from '../../store/interface-store.ts';
import type { ExchangeServices } from '../context.ts';

export interface TryRequest extends GivenSettings {
  organisationId: number;
  /** An interface whose settings lie beneath; null: a new one. */
  interfaceId: number | null;
  /** Of a new one. */
  channel: string;
  signal: AbortSignal;
}

export interface SettingProblem {
  field: string | null;
  secret: boolean;
  code: 'house.settings' | 'house.secrets_again';
  message: string;
}

export type TriedConnection =
  | { outcome: 'tested'; checks: readonly ConnectionCheck[] }
  | { outcome: 'refused'; problems: readonly SettingProblem[] }
  | { outcome: 'unknown'; what: 'interface' | 'channel' };

type Services = Pick<ExchangeServices, 'database' | 'secrets' | 'findChannel' | 'openPorts'>;

/** The reseller is asked something harmless; stored passwords go to their own address only. */
export async function tryConnection(
  services: Services,
  request: TryRequest,
): Promise<TriedConnection> {
  const base = await baseOf(services, request);
  if (base === null) return { outcome: 'unknown', what: 'interface' };
  const channel = services.findChannel(base.channel);
  if (channel === undefined) return { outcome: 'unknown', what: 'channel' };
  const fields = Object.entries(channel.config.fields);
  const secretFields = new Set(fields.filter(([, one]) => one.secret).map(([name]) => name));
  const after = mergeSettings(base, request, secretFields);
  if (base.stored && !secretsMayFollow(base, request, after)) {
    const message = 'The stored passwords are for another address: give them again.';
    return refused([{ field: null, secret: true, code: 'house.secrets_again', message }]);
  }
  const settings = { ...after.config, ...after.secrets };
  const checked = channel.config.schema.safeParse(settings);
  if (!checked.success) {
    return refused(
      checked.error.issues.map(({ path, message }) => {
        const field = path.length > 0 ? path.map(String).join('.') : null;
        const secret = field !== null && secretFields.has(field);
        return { field, secret, code: 'house.settings' as const, message };
      }),
    );
  }
  const { timeZone, currency } = base;
  // Nothing is recorded: a run's log is the place for that, and this is not one.
  const recorder = { record: async () => undefined };
  const ports = services.openPorts({ recorder, timeZone, currency, signal: request.signal });
  const checks = await channel.open(settings, ports).testConnection();
  const typed = Object.values(after.secrets);
  return { outcome: 'tested', checks: checks.map((check) => withoutTyped(check, typed)) };
}

function refused(problems: readonly SettingProblem[]): TriedConnection {
  return { outcome: 'refused', problems };
}

/** A reseller's sentence may repeat what it was sent. */
function withoutTyped(check: ConnectionCheck, secrets: readonly string[]): ConnectionCheck {
  const long = secrets.filter((secret) => secret.length > 3);
  const detail = long.reduce((text, secret) => text.replaceAll(secret, '…'), check.detail);
  return { ...check, detail };
}

async function baseOf({ database, secrets }: Services, request: TryRequest) {
  const { organisationId, interfaceId } = request;
  return await database.transaction(
    organisationId,
    async (tx) => {
      if (interfaceId === null) {
        const house = await readHouseOrganisation(tx);
        const { channel } = request;
        const { time_zone: timeZone, currency } = house;
        return { channel, timeZone, currency, config: {}, secrets: {}, stored: false };
      }
      const found = await findInterface(tx, interfaceId);
      if (found === null) return null;
      const { channel, timeZone, currency, config, secrets: sealed } = found;
      const opened: Record<string, string> =
        sealed === null ? {} : JSON.parse(secrets.open(sealed));
      return { channel, timeZone, currency, config, secrets: opened, stored: true };
    },
    { readOnly: true },
  );
}
