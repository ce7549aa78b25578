/** Runs with filters; one opens with its lines and its calls on the wire. */
import { Button, Drawer, Group, Select, TextInput } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Interface, Run } from '../../api/generated/client.ts';
import type { RunFilter } from '../../api/reading.ts';
import { useRuns } from '../../api/reading.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { PerformanceSelect } from '../../ui/performance-select.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import type { SheetColumn } from '../../ui/sheet.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { TableSkeleton } from '../../ui/skeletons.tsx';
import { RunState } from '../../ui/state.tsx';
import { useFormats } from '../../words/formats.ts';
import { RunPanel } from './run-panel.tsx';

const STATES = ['running', 'ok', 'warning', 'error', 'cancelled'] as const;
const FUNCTIONS = [
  'export',
  'take_back',
  'integrate',
  'reconcile',
  'replay',
  'prepare_access',
  'fetch_access',
  'test_connection',
] as const;
const SOURCES = ['schedule', 'hand', 'replay', 'start_up'] as const;

export function RunsTab({ of }: { of: Interface }) {
  const { t } = useTranslation();
  const search = useSearch({ from: '/interfaces/$interface' });
  const navigate = useNavigate({ from: '/interfaces/$interface' });
  const [filter, setFilter] = useState<RunFilter>({ interface: of.id });
  const runs = useRuns(filter);
  const columns = useRunColumns(of);
  const show = (run: string | undefined): void => {
    void navigate({ search: { tab: 'runs', run } });
  };
  return (
    <>
      <RunFilters filter={filter} setFilter={setFilter} />
      <ProblemNotice error={runs.error} />
      {runs.isPending ? <TableSkeleton /> : null}
      {runs.isSuccess && runs.rows.length === 0 ? (
        <EmptyState title={t('runs.none')}>{t('runs.noneWhy')}</EmptyState>
      ) : null}
      {runs.rows.length === 0 ? null : (
        <Sheet
          name="runs"
          label={t('interfaceTab.runs')}
          columns={columns}
          rows={runs.rows}
          keyOf={({ id }) => id}
          chosen={search.run}
          open={({ id }) => show(id)}
          more={{
            has: runs.hasNextPage,
            isLoading: runs.isFetchingNextPage,
            load: () => void runs.fetchNextPage(),
          }}
        />
      )}
      <Drawer
        opened={search.run !== undefined}
        onClose={() => show(undefined)}
        size="xl"
        title={t('run.drawer')}
        closeButtonProps={{ 'aria-label': t('act.close') }}
      >
        {search.run === undefined ? null : (
          <RunPanel key={search.run} id={search.run} timeZone={of.timeZone} />
        )}
      </Drawer>
    </>
  );
}

function RunFilters(of: { filter: RunFilter; setFilter(filter: RunFilter): void }) {
  const { t } = useTranslation();
  const { filter, setFilter } = of;
  const all = { value: '', label: t('cases.all') };
  const change = (name: keyof RunFilter, value: string | null): void => {
    const { [name]: _, ...rest } = filter;
    setFilter((value ? { ...rest, [name]: value } : rest) as RunFilter);
  };
  // A day as a whole: until its last second.
  const day = (name: 'from' | 'to', value: string): void => {
    const time = name === 'from' ? 'T00:00:00Z' : 'T23:59:59Z';
    change(name, value === '' ? null : value + time);
  };
  return (
    <Group mb="sm" align="flex-end">
      <Select
        label={t('runs.function')}
        data={[all, ...FUNCTIONS.map((value) => ({ value, label: t(`function.${value}`) }))]}
        value={filter.function ?? ''}
        onChange={(value) => change('function', value)}
      />
      <Select
        label={t('runs.state')}
        data={[all, ...STATES.map((value) => ({ value, label: t(`runState.${value}`) }))]}
        value={filter.state ?? ''}
        onChange={(value) => change('state', value)}
      />
      <Select
        label={t('runs.source')}
        data={[all, ...SOURCES.map((value) => ({ value, label: t(`runSource.${value}`) }))]}
        value={filter.source ?? ''}
        onChange={(value) => change('source', value)}
      />
      <TextInput
        type="date"
        label={t('runs.from')}
        value={filter.from?.slice(0, 10) ?? ''}
        onChange={(event) => day('from', event.currentTarget.value)}
      />
      <TextInput
        type="date"
        label={t('runs.until')}
        value={filter.to?.slice(0, 10) ?? ''}
        onChange={(event) => day('to', event.currentTarget.value)}
      />
      <PerformanceSelect
        label={t('cases.performance')}
        value={filter.performance ?? ''}
        change={(value) => change('performance', value)}
      />
      <Button
        variant="subtle"
        onClick={() => setFilter({ interface: filter.interface } as RunFilter)}
      >
        {t('act.reset')}
      </Button>
    </Group>
  );
}

function useRunColumns(of: Interface): readonly SheetColumn<Run>[] {
  const { t, i18n } = useTranslation();
  const formats = useFormats();
  return useMemo(
    () => [
      {
        id: 'number',
        head: t('runs.number'),
        width: 70,
        align: 'right',
        cell: ({ number }) => formats.count(number),
      },
      {
        id: 'at',
        head: t('runs.at'),
        width: 190,
        cell: ({ startedAt }) => formats.instant(startedAt, of.timeZone),
      },
      {
        id: 'function',
        head: t('runs.function'),
        width: 200,
        cell: ({ function: what }) => t(`function.${what}`),
      },
      {
        id: 'state',
        head: t('runs.state'),
        width: 150,
        cell: ({ state }) => <RunState state={state} />,
      },
      {
        id: 'source',
        head: t('runs.source'),
        width: 170,
        cell: ({ source, startedBy }) => `${t(`runSource.${source}`)} · ${startedBy}`,
      },
      {
        id: 'counts',
        head: t('runs.counts'),
        width: 300,
        cell: ({ counts }) =>
          Object.entries(counts)
            .filter(([, count]) => count !== 0)
            .map(([name, count]) => {
              const key = `count.${name}`;
              return `${i18n.exists(key) ? t(key) : name} ${formats.count(count)}`;
            })
            .join(' · '),
      },
    ],
    [t, i18n, formats, of.timeZone],
  );
}
