/** A difference: where, what each side says, why as far as known, and what settles it. */
import { Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Difference, Reconciliation } from '../../api/generated/client.ts';
import type { SheetColumn } from '../../ui/sheet.tsx';
import { useFormats } from '../../words/formats.ts';
import { viewOf } from './differences.ts';
import { WayOut } from './way-out.tsx';

export function useDifferenceColumns(
  of: Reconciliation,
  adopt: (difference: string) => void,
): readonly SheetColumn<Difference>[] {
  const { t } = useTranslation();
  return useMemo(
    () => [
      {
        id: 'kind',
        head: t('reconciliation.kind'),
        width: 140,
        cell: (row) => (
          <>
            {t(`differenceKind.${viewOf(row)}`)}
            <Text size="xs" c="dimmed">
              {t(`differenceSubject.${row.subject}`)}
            </Text>
          </>
        ),
        sortBy: viewOf,
      },
      {
        id: 'place',
        head: t('fact.place'),
        width: 190,
        cell: ({ seat, zone }) => seat ?? zone ?? '',
        sortBy: ({ seat, zone }) => seat ?? zone ?? '',
      },
      {
        id: 'ticket',
        head: t('fact.ticket'),
        width: 180,
        cell: ({ ticket }) =>
          ticket === null ? (
            ''
          ) : (
            <Link to="/orders" search={{ by: 'ticket', text: ticket }}>
              {ticket}
            </Link>
          ),
      },
      {
        id: 'ours',
        head: t('reconciliation.ours'),
        width: 120,
        cell: ({ ours }) => <Side of={ours} />,
      },
      {
        id: 'theirs',
        head: t('reconciliation.theirs'),
        width: 150,
        cell: ({ theirs }) => <Side of={theirs} />,
      },
      {
        id: 'cause',
        head: t('reconciliation.cause'),
        width: 210,
        cell: ({ cause }) => t(`differenceCause.${cause}`),
      },
      {
        id: 'cure',
        head: t('reconciliation.cure'),
        width: 190,
        cell: (row) => <WayOut difference={row} of={of} adopt={adopt} />,
      },
    ],
    [t, of, adopt],
  );
}

const STATES = ['free', 'sold', 'held', 'blocked'] as const;

/** One side's word: its state, or how many; then how the reseller calls the place. */
function Side({ of }: { of: Readonly<Record<string, unknown>> | null }) {
  const { t } = useTranslation();
  const formats = useFormats();
  if (of === null) return <Text c="dimmed">{t('reconciliation.nothing')}</Text>;
  const state = STATES.find((one) => one === of.state);
  const counts = (['free', 'sold'] as const).flatMap((name) => {
    const count = of[name];
    return typeof count === 'number' ? [`${t(`seatState.${name}`)} ${formats.count(count)}`] : [];
  });
  const words = [of.category, of.allotment].filter((one) => typeof one === 'string' && one !== '');
  const said = typeof of.category === 'string' && of.category.startsWith('cat_') ? [] : words;
  return (
    <>
      {[...(state === undefined ? [] : [t(`seatState.${state}`)]), ...counts].join(', ')}
      {said.length === 0 ? null : (
        <Text size="xs" c="dimmed">
          {said.join(' · ')}
        </Text>
      )}
    </>
  );
}
