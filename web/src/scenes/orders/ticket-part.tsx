/** What the parts of a ticket have in common. */
import { Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { TicketInFull } from '../../api/generated/client.ts';

export interface OfTicket {
  of: TicketInFull;
  /** The venue's; undefined: the reader's. */
  timeZone: string | undefined;
}

/** A part of a ticket with its name; without anything in it, it says so. */
export function TicketPart(of: { title: string; isEmpty: boolean; children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <section>
      <Title order={3} mb="xs">
        {of.title}
      </Title>
      {of.isEmpty ? (
        <Text size="sm" c="dimmed">
          {t('order.nothing')}
        </Text>
      ) : (
        of.children
      )}
    </section>
  );
}
