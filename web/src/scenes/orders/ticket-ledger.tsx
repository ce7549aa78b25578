/** The entries of a ticket in the reseller's account, and what they come to. */
import { Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { TicketInFullLedgerItem } from '../../api/generated/client.ts';
import type { SheetColumn } from '../../ui/sheet.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { useFormats } from '../../words/formats.ts';
import type { OfTicket } from './ticket-part.tsx';
import { TicketPart } from './ticket-part.tsx';

type Entry = TicketInFullLedgerItem & { row: string };

export function TicketLedger({ of, timeZone }: OfTicket) {
  const { t } = useTranslation();
  const formats = useFormats();
  const rows = of.ledger.map((one, index) => ({ ...one, row: String(index) }));
  const total = of.ledger.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  const columns = useMemo(
    (): readonly SheetColumn<Entry>[] => [
      {
        id: 'at',
        head: t('fact.at'),
        width: 180,
        cell: ({ operationAt }) => formats.instant(operationAt, timeZone),
      },
      { id: 'kind', head: t('order.entry'), width: 170, cell: ({ kind }) => t(`entry.${kind}`) },
      {
        id: 'amount',
        head: t('orders.amount'),
        width: 120,
        align: 'right',
        cell: ({ amountMinor, currency }) => formats.money(amountMinor, currency),
      },
      {
        id: 'period',
        head: t('order.period'),
        width: 170,
        cell: ({ period, late }) =>
          [formats.month(period.slice(0, 7)), late ? t('order.late') : '']
            .filter(Boolean)
            .join(' · '),
      },
      {
        id: 'document',
        head: t('order.document'),
        width: 220,
        cell: ({ document, author }) => document ?? author,
      },
    ],
    [t, formats, timeZone],
  );
  return (
    <TicketPart title={t('order.ledger')} isEmpty={rows.length === 0}>
      <Sheet
        name="ticket-ledger"
        label={t('order.ledgerOf', { number: of.number })}
        columns={columns}
        rows={rows}
        keyOf={({ row }) => row}
      />
      <Text size="sm" mt="xs" fw={500}>
        {t('order.total', { amount: formats.money(total, of.currency) })}
      </Text>
    </TicketPart>
  );
}
