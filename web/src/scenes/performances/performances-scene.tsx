/** Performances by start: what resellers hold and sold of each, and what waits for somebody. */
import { Group, Select } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { GetPerformances200, PerformanceLine } from '../../api/generated/client.ts';
import { getPerformances } from '../../api/generated/client.ts';
import { KEYS } from '../../api/reading.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { SceneHead } from '../../ui/scene.tsx';
import type { SheetColumn } from '../../ui/sheet.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { TableSkeleton } from '../../ui/skeletons.tsx';
import { useFormats } from '../../words/formats.ts';
import { PerformanceState } from './performance-state.tsx';

const STATES = ['preparing', 'running', 'suspended', 'cancelled', 'closed'] as const;

export function PerformancesScene() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { state } = useSearch({ from: '/performances' });
  const known = STATES.find((one) => one === state);
  const query = useInfiniteQuery({
    queryKey: [...KEYS.performances, 'list', known ?? null],
    queryFn: ({ pageParam }) =>
      getPerformances({
        limit: 100,
        ...(known === undefined ? {} : { state: known }),
        ...(pageParam === null ? {} : { after: pageParam }),
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page: GetPerformances200) => page.next,
  });
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  const columns = useColumns();
  return (
    <>
      <SceneHead title={t('nav.performances')} />
      <Group mb="md">
        <Select
          label={t('performances.state')}
          data={[
            { value: '', label: t('cases.all') },
            ...STATES.map((value) => ({ value, label: t(`performanceState.${value}`) })),
          ]}
          value={known ?? ''}
          onChange={(value) =>
            void navigate({ to: '/performances', search: { state: value || undefined } })
          }
        />
      </Group>
      <ProblemNotice error={query.error} />
      {query.isPending ? <TableSkeleton /> : null}
      {query.isSuccess && rows.length === 0 ? (
        <EmptyState title={t('performances.none')}>{t('performances.noneWhy')}</EmptyState>
      ) : null}
      {rows.length === 0 ? null : (
        <Sheet
          name="performances"
          label={t('nav.performances')}
          columns={columns}
          rows={rows}
          keyOf={({ id }) => id}
          open={({ id }) =>
            void navigate({
              to: '/performances/$performance/resellers',
              params: { performance: id },
            })
          }
          more={{
            has: query.hasNextPage,
            isLoading: query.isFetchingNextPage,
            load: () => void query.fetchNextPage(),
          }}
        />
      )}
    </>
  );
}

function useColumns(): readonly SheetColumn<PerformanceLine>[] {
  const { t } = useTranslation();
  const formats = useFormats();
  return useMemo(() => {
    const count = (
      id: 'allotted' | 'sold' | 'toBeRefunded' | 'openCases',
      width: number,
    ): SheetColumn<PerformanceLine> => ({
      id,
      head: t(`performances.${id}`),
      width,
      align: 'right',
      cell: (one) => (one[id] === 0 ? '' : formats.count(one[id])),
      sortBy: (one) => one[id],
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
        width: 220,
        cell: ({ productCode }) => productCode,
        sortBy: ({ productCode }) => productCode,
      },
      { id: 'code', head: t('performances.code'), width: 160, cell: ({ code }) => code },
      {
        id: 'state',
        head: t('performances.state'),
        width: 150,
        cell: ({ state }) => <PerformanceState state={state} />,
      },
      count('allotted', 150),
      count('sold', 120),
      count('toBeRefunded', 130),
      count('openCases', 120),
    ];
  }, [t, formats]);
}
