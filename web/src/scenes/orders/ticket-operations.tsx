/** What happened to a ticket, the oldest first; the run that brought it opens beside. */
import { Anchor, Text, Timeline } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useRunDrawer } from '../../ui/run-drawer.tsx';
import { useFormats } from '../../words/formats.ts';
import type { OfTicket } from './ticket-part.tsx';
import { TicketPart } from './ticket-part.tsx';

export function TicketOperations({ of, timeZone }: OfTicket) {
  const { t } = useTranslation();
  const formats = useFormats();
  const open = useRunDrawer();
  return (
    <TicketPart title={t('order.history')} isEmpty={of.operations.length === 0}>
      <Timeline bulletSize={10} lineWidth={2}>
        {of.operations.map(({ kind, run, ...one }) => (
          <Timeline.Item
            key={`${one.enteredAt} ${kind} ${one.operationNumber}`}
            title={
              <Text size="sm">
                {t(`messageKind.${kind}`)}
                {one.amountMinor === 0 ? '' : ` · ${formats.money(one.amountMinor, one.currency)}`}
              </Text>
            }
          >
            <Text size="xs" c="dimmed">
              {[formats.instant(one.operationAt, timeZone), one.author].join(' · ')}
            </Text>
            {run === null ? null : (
              <Anchor component="button" c="var(--state-busy)" size="xs" onClick={() => open(run)}>
                {t('resellers.log')}
              </Anchor>
            )}
          </Timeline.Item>
        ))}
      </Timeline>
    </TicketPart>
  );
}
