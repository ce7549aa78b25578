/** The codes that open the door for a ticket, or did. */
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { State } from '../../ui/state.tsx';
import { useFormats } from '../../words/formats.ts';
import type { OfTicket } from './ticket-part.tsx';
import { TicketPart } from './ticket-part.tsx';

const TONES = {
  valid: 'good',
  provisional: 'busy',
  revoked: 'bad',
  replaced: 'calm',
  see_box_office: 'warn',
  test: 'calm',
} as const;

const STATES = Object.keys(TONES) as (keyof typeof TONES)[];

export function TicketCodes({ of, timeZone }: OfTicket) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <TicketPart title={t('order.codes')} isEmpty={of.codes.length === 0}>
      {of.codes.map((one) => {
        const state = STATES.find((known) => known === one.state) ?? 'see_box_office';
        return (
          <div key={one.code}>
            <Text span ff="monospace" size="sm" mr="md">
              {one.code}
            </Text>
            <State tone={TONES[state]}>{t(`codeState.${state}`)}</State>
            <Text size="xs" c="dimmed">
              {one.usedAt === null
                ? t('order.codeAt', { at: formats.instant(one.changedAt, timeZone) })
                : t('order.usedAt', { at: formats.instant(one.usedAt, timeZone) })}
            </Text>
          </div>
        );
      })}
    </TicketPart>
  );
}
