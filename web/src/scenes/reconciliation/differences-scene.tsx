/** One comparison: what differs, seat by seat and ticket by ticket, each with its way out. */
import { Button, Group, Select, Switch, Text } from '@mantine/core';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type {
  GetReconciliationDifferences200,
  Reconciliation,
} from '../../api/generated/client.ts';
import {
  getGetReconciliationDifferencesXlsxUrl,
  getReconciliation,
  getReconciliationDifferences,
} from '../../api/generated/client.ts';
import { useLanguage } from '../../api/reading.ts';
import { useMay } from '../../api/session.ts';
import { useTimeZones } from '../../api/time-zones.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FileButton } from '../../ui/file-button.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { SceneHead } from '../../ui/scene.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { SceneSkeleton, TableSkeleton } from '../../ui/skeletons.tsx';
import { useFormats } from '../../words/formats.ts';
import { AdoptDialog } from './adopt-dialog.tsx';
import { useDifferenceColumns } from './difference-columns.tsx';
import type { DifferenceSearch } from './differences.ts';
import { askedOf, VIEWS } from './differences.ts';
import { RECONCILIATIONS } from './keys.ts';
import { Result } from './reconciliation-columns.tsx';

export function DifferencesScene() {
  const { reconciliation: id } = useParams({ from: '/reconciliation/$reconciliation' });
  const found = useQuery({
    queryKey: [...RECONCILIATIONS, id],
    queryFn: () => getReconciliation(id),
  });
  if (found.isError) return <ProblemNotice error={found.error} />;
  if (found.isPending) return <SceneSkeleton />;
  return <Shown of={found.data} />;
}

/** What is to be adopted: some differences, or all that can be. */
type Adopting = { differences: string[] | null } | null;

function Shown({ of }: { of: Reconciliation }) {
  const { t } = useTranslation();
  const may = useMay();
  const language = useLanguage();
  const formats = useFormats();
  const [adopting, setAdopting] = useState<Adopting>(null);
  const { performance, product } = of;
  const what = [product.code, performance && formats.localStart(performance.localStart)];
  const title = t('reconciliation.title', { what: what.filter(Boolean).join(' · ') });
  return (
    <>
      <SceneHead title={title}>
        {of.adoptable > 0 && may('quotas.write') ? (
          <Button onClick={() => setAdopting({ differences: null })}>
            {t('reconciliation.adoptAll', { shown: formats.count(of.adoptable) })}
          </Button>
        ) : null}
        <FileButton
          url={getGetReconciliationDifferencesXlsxUrl(of.id, { language })}
          name="differences.xlsx"
          label={t('reconciliation.excel')}
        />
      </SceneHead>
      <Figures of={of} />
      <Differences of={of} adopt={(id) => setAdopting({ differences: [id] })} />
      {adopting === null ? null : (
        <AdoptDialog
          reconciliation={of}
          differences={adopting.differences}
          close={() => setAdopting(null)}
        />
      )}
    </>
  );
}

function Figures({ of }: { of: Reconciliation }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const zone = useTimeZones()(of.interface.id);
  return (
    <Group mb="md" gap="lg">
      <Result of={of} />
      <Text size="sm" c="dimmed">
        {[
          of.interface.code,
          formats.instant(of.at, zone),
          t('reconciliation.seats', { shown: formats.count(of.seatsCompared) }),
          t('reconciliation.tickets', { shown: formats.count(of.ticketsCompared) }),
        ].join(' · ')}
      </Text>
      <Link
        to="/reconciliation"
        search={{ interface: of.interface.id, performance: of.performance?.id }}
      >
        {t('reconciliation.again')}
      </Link>
    </Group>
  );
}

function Differences({ of, adopt }: { of: Reconciliation; adopt(difference: string): void }) {
  const { t } = useTranslation();
  const navigate = useNavigate({ from: '/reconciliation/$reconciliation' });
  const search = useSearch({ from: '/reconciliation/$reconciliation' });
  const columns = useDifferenceColumns(of, adopt);
  const asked = askedOf(search);
  const found = useInfiniteQuery({
    queryKey: [...RECONCILIATIONS, of.id, 'differences', asked],
    queryFn: ({ pageParam }) =>
      getReconciliationDifferences(of.id, {
        ...asked,
        ...(pageParam === null ? {} : { after: pageParam }),
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page: GetReconciliationDifferences200) => page.next,
    placeholderData: keepPreviousData,
  });
  const change = (part: DifferenceSearch): void => {
    void navigate({ search: (before) => ({ ...before, ...part }) });
  };
  const total = of.missingHere + of.missingThere + of.different;
  if (total === 0) {
    return <EmptyState title={t('reconciliation.none')}>{t('reconciliation.noneWhy')}</EmptyState>;
  }
  const rows = found.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <DifferenceFilters search={search} change={change} />
      <ProblemNotice error={found.error} />
      {found.isPending ? <TableSkeleton /> : null}
      {found.isSuccess && rows.length === 0 ? (
        <EmptyState title={t('reconciliation.noneSo')}>{t('reconciliation.noneSoWhy')}</EmptyState>
      ) : null}
      {rows.length === 0 ? null : (
        <Sheet
          name="differences"
          label={t('reconciliation.differences')}
          columns={columns}
          rows={rows}
          keyOf={({ id }) => id}
          more={{
            has: found.hasNextPage,
            isLoading: found.isFetchingNextPage,
            load: () => void found.fetchNextPage(),
          }}
        />
      )}
    </>
  );
}

function DifferenceFilters(of: { search: DifferenceSearch; change(part: DifferenceSearch): void }) {
  const { t } = useTranslation();
  const { search, change } = of;
  return (
    <Group mb="md" align="flex-end">
      <Select
        label={t('reconciliation.kind')}
        data={[
          { value: '', label: t('cases.all') },
          ...VIEWS.map((value) => ({
            value,
            label:
              value === 'different' ? t('reconciliation.anyCause') : t(`differenceKind.${value}`),
          })),
        ]}
        value={search.kind ?? ''}
        onChange={(value) => change({ kind: value || undefined })}
        w="17rem"
      />
      <Switch
        label={t('reconciliation.openOnly')}
        checked={search.open === 'open'}
        onChange={(event) => change({ open: event.currentTarget.checked ? 'open' : undefined })}
        mb="0.45rem"
      />
    </Group>
  );
}
