/** The columns of comparisons: of what, when, and how many differ in each way. */
import { Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Reconciliation } from '../../api/generated/client.ts';
import { useTimeZones } from '../../api/time-zones.ts';
import type { SheetColumn } from '../../ui/sheet.tsx';
import { State } from '../../ui/state.tsx';
import { useFormats } from '../../words/formats.ts';

type Count = 'missingHere' | 'missingThere' | 'different';

export function useReconciliationColumns(): readonly SheetColumn<Reconciliation>[] {
  const { t } = useTranslation();
  const formats = useFormats();
  const zoneOf = useTimeZones();
  return useMemo(() => {
    const count = (id: Count, width: number): SheetColumn<Reconciliation> => ({
      id,
      head: t(`reconciliation.${id}`),
      width,
      align: 'right',
      cell: (row) => (row[id] === 0 ? '' : formats.count(row[id])),
      sortBy: (row) => row[id],
    });
    return [
      {
        id: 'performance',
        head: t('cases.performance'),
        width: 190,
        cell: ({ id, product, performance }) => (
          <>
            <Link to="/reconciliation/$reconciliation" params={{ reconciliation: id }}>
              {product.code}
            </Link>
            <Text size="xs" c="dimmed">
              {performance === null ? '' : formats.localStart(performance.localStart)}
            </Text>
          </>
        ),
        sortBy: ({ performance }) => performance?.localStart ?? '',
      },
      {
        id: 'interface',
        head: t('cases.interface'),
        width: 150,
        cell: ({ interface: of }) => of.code,
        sortBy: ({ interface: of }) => of.code,
      },
      {
        id: 'at',
        head: t('reconciliation.at'),
        width: 190,
        cell: (row) => formats.instant(row.at, zoneOf(row.interface.id)),
        sortBy: ({ at }) => at,
      },
      {
        id: 'compared',
        head: t('reconciliation.compared'),
        width: 105,
        align: 'right',
        cell: (row) => formats.count(row.seatsCompared + row.ticketsCompared),
        sortBy: (row) => row.seatsCompared + row.ticketsCompared,
      },
      count('missingHere', 105),
      count('missingThere', 130),
      count('different', 95),
      {
        id: 'open',
        head: t('reconciliation.result'),
        width: 190,
        cell: (row) => <Result of={row} />,
        sortBy: ({ open }) => open,
      },
    ];
  }, [t, formats, zoneOf]);
}

/** Whether something is left to do. */
export function Result({ of }: { of: Reconciliation }) {
  const { t } = useTranslation();
  const formats = useFormats();
  if (of.open > 0) {
    const told = t('reconciliation.open', { count: of.open, shown: formats.count(of.open) });
    return <State tone="warn">{told}</State>;
  }
  const isSame = of.missingHere + of.missingThere + of.different === 0;
  return <State tone="good">{t(isSame ? 'reconciliation.same' : 'reconciliation.settled')}</State>;
}
