/** Our books against the resellers' lists: start a comparison, and the last of each performance. */
import { Group, Select } from '@mantine/core';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { GetReconciliations200 } from '../../api/generated/client.ts';
import { getReconciliations } from '../../api/generated/client.ts';
import { useInterfaces } from '../../api/reading.ts';
import { useMay } from '../../api/session.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { PerformanceSelect } from '../../ui/performance-select.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { SceneHead } from '../../ui/scene.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { TableSkeleton } from '../../ui/skeletons.tsx';
import { RECONCILIATIONS } from './keys.ts';
import { useReconciliationColumns } from './reconciliation-columns.tsx';
import { StartReconciliation } from './start-reconciliation.tsx';

interface Filter {
  interface?: string | undefined;
  performance?: string | undefined;
  all?: string | undefined;
}

export function ReconciliationScene() {
  const { t } = useTranslation();
  const may = useMay();
  const navigate = useNavigate({ from: '/reconciliation' });
  const filter = useSearch({ from: '/reconciliation' });
  const change = (part: Filter): void => {
    void navigate({ search: (before) => ({ ...before, ...part }) });
  };
  return (
    <>
      <SceneHead title={t('nav.reconciliation')} />
      <Filters filter={filter} change={change} />
      {may('runs.start') ? (
        <StartReconciliation of={filter.interface} performance={filter.performance} />
      ) : null}
      <Comparisons filter={filter} />
    </>
  );
}

function Filters({ filter, change }: { filter: Filter; change(part: Filter): void }) {
  const { t } = useTranslation();
  const interfaces = useInterfaces().data?.items ?? [];
  return (
    <Group mb="md" align="flex-end">
      <Select
        label={t('cases.interface')}
        data={[
          { value: '', label: t('cases.all') },
          ...interfaces.map(({ id, code }) => ({ value: id, label: code })),
        ]}
        value={filter.interface ?? ''}
        onChange={(value) => change({ interface: value || undefined })}
        w="13rem"
      />
      <PerformanceSelect
        label={t('cases.performance')}
        value={filter.performance ?? ''}
        change={(value) => change({ performance: value || undefined })}
      />
      <Select
        label={t('reconciliation.which')}
        data={(['last', 'every'] as const).map((value) => ({
          value,
          label: t(`reconciliation.${value}`),
        }))}
        value={filter.all === 'every' ? 'every' : 'last'}
        onChange={(value) => change({ all: value === 'every' ? 'every' : undefined })}
        w="16rem"
      />
    </Group>
  );
}

function Comparisons({ filter }: { filter: Filter }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const columns = useReconciliationColumns();
  const { interface: of, performance, all } = filter;
  const asked = {
    ...(of === undefined ? {} : { interface: of }),
    ...(performance === undefined ? {} : { performance }),
    ...(all === 'every' ? { all: 'true' as const } : {}),
  };
  const found = useInfiniteQuery({
    queryKey: [...RECONCILIATIONS, 'list', asked],
    queryFn: ({ pageParam }) =>
      getReconciliations({ ...asked, ...(pageParam === null ? {} : { after: pageParam }) }),
    initialPageParam: null as string | null,
    getNextPageParam: (page: GetReconciliations200) => page.next,
    placeholderData: keepPreviousData,
  });
  const rows = found.data?.pages.flatMap((page) => page.items) ?? [];
  if (found.isError) return <ProblemNotice error={found.error} />;
  if (found.isPending) return <TableSkeleton />;
  if (rows.length === 0) {
    return (
      <EmptyState title={t('reconciliation.never')}>{t('reconciliation.neverWhy')}</EmptyState>
    );
  }
  return (
    <Sheet
      name="reconciliations"
      label={t('nav.reconciliation')}
      columns={columns}
      rows={rows}
      keyOf={({ id }) => id}
      open={({ id }) =>
        void navigate({
          to: '/reconciliation/$reconciliation',
          params: { reconciliation: id },
        })
      }
      more={{
        has: found.hasNextPage,
        isLoading: found.isFetchingNextPage,
        load: () => void found.fetchNextPage(),
      }}
    />
  );
}
