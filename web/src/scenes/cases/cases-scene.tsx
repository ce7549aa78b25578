/** Cases: causes first, the next performance's before the rest; each opens with its ways out. */
import { Drawer, Group, Select, Text } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { CaseFilter } from '../../api/reading.ts';
import { useCases, useInterfaces } from '../../api/reading.ts';
import type { CaseSearch } from '../../routes.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { SceneHead } from '../../ui/scene.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { TableSkeleton } from '../../ui/skeletons.tsx';
import { useFormats } from '../../words/formats.ts';
import { useCaseColumns } from './case-columns.tsx';
import { CasePanel } from './case-panel.tsx';

const CLASSES = ['mapping', 'external', 'technical', 'business'] as const;
const STATES = ['open', 'taken', 'reported', 'settled'] as const;

function filterOf(search: CaseSearch): CaseFilter {
  const { interface: of, performance, code } = search;
  const known = CLASSES.find((one) => one === search.class);
  const state = STATES.find((one) => one === search.state) ?? 'open';
  return {
    ...(of === undefined ? {} : { interface: of }),
    ...(performance === undefined ? {} : { performance }),
    ...(code === undefined ? {} : { code }),
    ...(known === undefined ? {} : { class: known }),
    state,
    // What waits behind a cause is folded into it.
    ...(state === 'settled' ? {} : { rank: 'root' as const }),
  };
}

export function CasesScene() {
  const { t } = useTranslation();
  const navigate = useNavigate({ from: '/cases' });
  const search = useSearch({ from: '/cases' });
  const filter = filterOf(search);
  const cases = useCases(filter);
  const columns = useCaseColumns();
  const change = (part: CaseSearch): void => {
    void navigate({ search: (before) => ({ ...before, ...part }) });
  };
  return (
    <>
      <SceneHead title={t('nav.cases')} />
      <CaseFilters search={search} change={change} />
      <CaseCount count={cases.count} />
      <ProblemNotice error={cases.error} />
      {cases.isPending ? <TableSkeleton /> : null}
      {cases.isSuccess && cases.rows.length === 0 ? (
        <EmptyState title={t('cases.none')}>{t('cases.noneWhy')}</EmptyState>
      ) : null}
      {cases.rows.length === 0 ? null : (
        <Sheet
          name="cases"
          label={t('nav.cases')}
          columns={columns}
          rows={cases.rows}
          keyOf={({ id }) => id}
          chosen={search.case}
          open={({ id }) => change({ case: id })}
          more={{
            has: cases.hasNextPage,
            isLoading: cases.isFetchingNextPage,
            load: () => void cases.fetchNextPage(),
          }}
        />
      )}
      <Drawer
        opened={search.case !== undefined}
        onClose={() => change({ case: undefined })}
        size="xl"
        title={t('case.title')}
        closeButtonProps={{ 'aria-label': t('act.close') }}
      >
        {search.case === undefined ? null : (
          <CasePanel key={search.case} id={search.case} close={() => change({ case: undefined })} />
        )}
      </Drawer>
    </>
  );
}

function CaseCount({ count }: { count: { roots: number; followers: number } | undefined }) {
  const { t } = useTranslation();
  const formats = useFormats();
  if (count === undefined || count.roots + count.followers === 0) return null;
  const behind = { count: count.followers, shown: formats.count(count.followers) };
  return (
    <Text c="dimmed" mb="xs" role="status">
      {t('cases.roots', { count: count.roots, shown: formats.count(count.roots) })}
      {count.followers === 0 ? '' : ` · ${t('cases.behind', behind)}`}
    </Text>
  );
}

function CaseFilters(of: { search: CaseSearch; change(part: CaseSearch): void }) {
  const { t } = useTranslation();
  const { search, change } = of;
  const interfaces = useInterfaces().data?.items ?? [];
  const all = { value: '', label: t('cases.all') };
  return (
    <Group mb="md" align="flex-end">
      <Select
        label={t('cases.interface')}
        data={[all, ...interfaces.map(({ id, code }) => ({ value: id, label: code }))]}
        value={search.interface ?? ''}
        onChange={(value) => change({ interface: value || undefined })}
      />
      <Select
        label={t('cases.class')}
        data={[all, ...CLASSES.map((value) => ({ value, label: t(`class.${value}`) }))]}
        value={search.class ?? ''}
        onChange={(value) => change({ class: value || undefined })}
      />
      <Select
        label={t('cases.state')}
        data={STATES.map((value) => ({ value, label: t(`caseState.${value}`) }))}
        value={search.state ?? 'open'}
        onChange={(value) => change({ state: value ?? undefined })}
      />
    </Group>
  );
}
