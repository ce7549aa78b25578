/** What settling would do, or did, in numbers: messages, tickets, money, codes, the house. */
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CaseEffect } from '../../api/generated/client.ts';
import { useFormats } from '../../words/formats.ts';

interface EffectProps {
  effect: CaseEffect;
  /** What becomes of the case itself. */
  ends?: 'replayed' | 'set_aside' | 'open';
}

export function EffectLines({ effect, ends }: EffectProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { settled, freed, tickets, money, house } = effect;
  const lines: string[] = [];
  if (ends === 'open') lines.push(t('effect.open'));
  else lines.push(t('effect.settled', { count: settled, shown: formats.count(settled) }));
  if (freed > 0) lines.push(t('effect.freed', { count: freed, shown: formats.count(freed) }));
  if (tickets.made > 0) {
    lines.push(t('effect.tickets', { count: tickets.made, shown: formats.count(tickets.made) }));
  }
  if (tickets.overbooked > 0) lines.push(t('effect.overbooked', { count: tickets.overbooked }));
  for (const { kind, currency, amountMinor } of money.map(readMoney)) {
    const amount = formats.money(amountMinor, currency);
    lines.push(t('effect.money', { kind: t(`entry.${kind}`, { defaultValue: kind }), amount }));
  }
  if (house.length > 0) lines.push(t('effect.house', { count: house.length }));
  return (
    <Text size="sm" c="dimmed">
      {lines.join(' · ')}
    </Text>
  );
}

function readMoney(of: Readonly<Record<string, unknown>>): {
  kind: string;
  currency: string;
  amountMinor: number;
} {
  return {
    kind: String(of.kind),
    currency: String(of.currency ?? 'EUR'),
    amountMinor: Number(of.amountMinor ?? 0),
  };
}
