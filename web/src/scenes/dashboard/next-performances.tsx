/** The next performances: what resellers hold, what they sold, what waits for someone. */
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { PerformanceLine } from '../../api/generated/client.ts';
import { useNextPerformances } from '../../api/reading.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import type { SheetColumn } from '../../ui/sheet.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { TableSkeleton } from '../../ui/skeletons.tsx';
import { State } from '../../ui/state.tsx';
import type { Formats } from '../../words/formats.ts';
import { useFormats } from '../../words/formats.ts';

const SHOWN = 10;
const TONES = {
  preparing: 'calm',
  running: 'good',
  suspended: 'warn',
  cancelled: 'bad',
  closed: 'calm',
} as const;

export function NextPerformances() {
  const { t } = useTranslation();
  const formats = useFormats();
  const performances = useNextPerformances(SHOWN);
  const columns = useMemo(() => columnsOf(t, formats), [t, formats]);
  if (performances.isPending) return <TableSkeleton />;
  if (performances.isError) return <ProblemNotice error={performances.error} />;
  const { items } = performances.data;
  if (items.length === 0) {
    return <EmptyState title={t('performances.none')}>{t('performances.noneWhy')}</EmptyState>;
  }
  return (
    <Sheet
      name="next-performances"
      label={t('dashboard.performances')}
      columns={columns}
      rows={items}
      keyOf={({ id }) => id}
    />
  );
}

function columnsOf(
  t: (key: string) => string,
  formats: Formats,
): readonly SheetColumn<PerformanceLine>[] {
  const figure = (
    id: string,
    head: string,
    of: (row: PerformanceLine) => number,
  ): SheetColumn<PerformanceLine> => ({
    id,
    head,
    width: 110,
    align: 'right',
    cell: (row) => formats.count(of(row)),
    sortBy: of,
  });
  return [
    {
      id: 'start',
      head: t('performances.start'),
      width: 190,
      cell: ({ localStart }) => formats.localStart(localStart),
      sortBy: ({ startsAt }) => startsAt,
    },
    {
      id: 'product',
      head: t('performances.product'),
      width: 150,
      cell: ({ productCode }) => productCode,
      sortBy: ({ productCode }) => productCode,
    },
    {
      id: 'state',
      head: t('performances.state'),
      width: 140,
      cell: ({ state }) => <State tone={TONES[state]}>{t(`performanceState.${state}`)}</State>,
    },
    figure('allotted', t('performances.allotted'), ({ allotted }) => allotted),
    figure('sold', t('performances.sold'), ({ sold }) => sold),
    {
      id: 'cases',
      head: t('performances.cases'),
      width: 110,
      align: 'right',
      sortBy: ({ openCases }) => openCases,
      cell: ({ id, openCases }) =>
        openCases === 0 ? (
          '0'
        ) : (
          <Link to="/cases" search={{ performance: id }}>
            {formats.count(openCases)}
          </Link>
        ),
    },
  ];
}
