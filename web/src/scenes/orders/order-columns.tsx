/** The columns of found orders. */
import { Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { FoundOrder } from '../../api/generated/client.ts';
import { useTimeZones } from '../../api/time-zones.ts';
import type { SheetColumn } from '../../ui/sheet.tsx';
import { useFormats } from '../../words/formats.ts';
import { TicketState } from './ticket-state.tsx';

/** Of an order with many tickets a few are told, and how many there are. */
const TOLD = 3;

export function useOrderColumns(): readonly SheetColumn<FoundOrder>[] {
  const { t } = useTranslation();
  const formats = useFormats();
  const zoneOf = useTimeZones();
  return useMemo(
    () => [
      {
        id: 'order',
        head: t('orders.order'),
        width: 150,
        cell: ({ id, reference }) => (
          <Link to="/orders/$order" params={{ order: id }}>
            {reference ?? t('orders.noReference')}
          </Link>
        ),
      },
      {
        id: 'at',
        head: t('orders.at'),
        width: 180,
        cell: (row) => formats.instant(row.orderedAt, zoneOf(row.interface.id)),
        sortBy: ({ orderedAt }) => orderedAt,
      },
      {
        id: 'reseller',
        head: t('orders.reseller'),
        width: 150,
        cell: ({ interface: of }) => (
          <>
            {of.reseller}
            <Text size="xs" c="dimmed">
              {of.code}
            </Text>
          </>
        ),
        sortBy: ({ interface: of }) => of.reseller,
      },
      { id: 'name', head: t('orders.name'), width: 160, cell: (row) => namesOf(row) },
      {
        id: 'tickets',
        head: t('orders.tickets'),
        width: 330,
        cell: (row) => <Tickets of={row} />,
      },
      {
        id: 'amount',
        head: t('orders.amount'),
        width: 110,
        align: 'right',
        cell: ({ livingMinor, currency }) => formats.money(livingMinor, currency),
        sortBy: ({ livingMinor }) => livingMinor,
      },
    ],
    [t, formats, zoneOf],
  );
}

function namesOf({ lines }: FoundOrder): string {
  const names = lines.map(({ lastName, firstName }) => [lastName, firstName]);
  const said = names.map((parts) => parts.filter(Boolean).join(' '));
  return [...new Set(said)]
    .filter((name) => name !== '')
    .slice(0, TOLD)
    .join(', ');
}

function Tickets({ of }: { of: FoundOrder }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { lines, tickets } = of;
  const more = tickets - Math.min(TOLD, lines.length);
  return (
    <>
      {lines.slice(0, TOLD).map((line) => (
        <div key={line.id}>
          {line.number}
          {line.state === 'valid' ? null : (
            <>
              {' '}
              <TicketState state={line.state} />
            </>
          )}
          <Text size="xs" c="dimmed">
            {[
              line.product.code,
              line.performance === null
                ? line.day
                : formats.localStart(line.performance.localStart),
              line.seat ?? line.zone,
            ]
              .filter(Boolean)
              .join(' · ')}
          </Text>
        </div>
      ))}
      {more > 0 ? <Text size="xs">{t('orders.moreTickets', { count: more })}</Text> : null}
    </>
  );
}
