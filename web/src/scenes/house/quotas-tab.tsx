/** Contingents of a performance, or of a pass: quotas in place, numbered seats as counted. */
import { Button, Group, NumberInput, Stack, Text, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Contingent, QuotaTable } from '../../api/generated/client.ts';
import {
  getGetPerformanceQuotasUrl,
  getGetProductQuotasUrl,
  getHouseContingents,
  postPerformanceQuotas,
  postProductQuotas,
} from '../../api/generated/client.ts';
import { useMay } from '../../api/session.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { TableSkeleton } from '../../ui/skeletons.tsx';
import { useFormats } from '../../words/formats.ts';
import { EditFaults, ForetoldNotice } from './edit-notice.tsx';
import { HistoryButton, subjectOf } from './history-drawer.tsx';
import type { Tagged } from './tagged.ts';
import { over, readTagged } from './tagged.ts';

interface Scope {
  kind: 'performance' | 'product';
  id: string;
}

export function QuotasTab({ scope }: { scope: Scope }) {
  const url =
    scope.kind === 'performance'
      ? getGetPerformanceQuotasUrl(scope.id)
      : getGetProductQuotasUrl(scope.id);
  const found = useQuery({
    queryKey: ['quotas', scope.id],
    queryFn: () => readTagged<QuotaTable>(url),
  });
  const contingents = useQuery({ queryKey: ['contingents'], queryFn: () => getHouseContingents() });
  if (found.isError) return <ProblemNotice error={found.error} />;
  if (found.isPending || contingents.data === undefined) return <TableSkeleton />;
  const names = contingents.data.items;
  return (
    <Stack gap="lg">
      <HistoryButton subject={subjectOf(scope.kind, scope.id)} />
      <SeatCounts scope={scope} of={found.data.data.seats} names={names} />
      <QuotaForm key={scope.id} scope={scope} table={found.data} names={names} />
    </Stack>
  );
}

interface CountsProps {
  scope: Scope;
  of: QuotaTable['seats'];
  names: readonly Contingent[];
}

const COUNTED = ['seats', 'free', 'sold', 'held', 'blocked', 'allotted'] as const;

function SeatCounts({ scope, of, names }: CountsProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  if (of.length === 0 || scope.kind === 'product') return null;
  return (
    <section>
      <Group justify="space-between" mb="xs">
        <Title order={2}>{t('quotas.numbered')}</Title>
        <Link to="/performances/$performance/plan" params={{ performance: scope.id }}>
          {t('quotas.plan')}
        </Link>
      </Group>
      <Sheet
        name="quota-seats"
        label={t('quotas.numbered')}
        rows={of}
        keyOf={({ contingent }) => contingent ?? ''}
        columns={[
          {
            id: 'contingent',
            head: t('quotas.contingent'),
            width: 240,
            cell: ({ contingent }) => nameOfContingent(names, contingent) ?? t('quotas.inNone'),
          },
          ...COUNTED.map((count) => ({
            id: count,
            head: t(`quotas.${count}`),
            width: 120,
            align: 'right' as const,
            cell: (row: QuotaTable['seats'][number]) => formats.count(row[count]),
          })),
        ]}
      />
    </section>
  );
}

function nameOfContingent(names: readonly Contingent[], id: string | null): string | undefined {
  return names.find((one) => one.id === id)?.name;
}

interface FormProps {
  scope: Scope;
  table: Tagged<QuotaTable>;
  names: readonly Contingent[];
}

const COUNTERS_MAX = 100;

function QuotaForm({ scope, table, names }: FormProps) {
  const { t } = useTranslation();
  const may = useMay();
  const client = useQueryClient();
  const [drafts, setDrafts] = useState<Readonly<Record<string, number>>>({});
  const lines = Object.entries(drafts).map(([key, quota]) => {
    const [counter = '', contingent = ''] = key.split('|');
    return { counter, contingent, quota };
  });
  const save = useMutation({
    mutationFn: (foretell: boolean) =>
      scope.kind === 'performance'
        ? postPerformanceQuotas(scope.id, { lines, foretell }, over(table.tag))
        : postProductQuotas(scope.id, { lines, foretell }, over(table.tag)),
    onSuccess: async ({ outcome }) => {
      if (outcome === 'foretold') return;
      setDrafts({});
      notifications.show({ message: t('edit.saved') });
      await client.invalidateQueries({ queryKey: ['quotas'] });
    },
    onError: () => client.invalidateQueries({ queryKey: ['quotas', scope.id] }),
  });
  const { counters } = table.data;
  if (counters.length === 0) {
    return table.data.seats.length > 0 ? null : (
      <EmptyState title={t('quotas.none')}>{t('quotas.noneWhy')}</EmptyState>
    );
  }
  return (
    <section>
      <Title order={2} mb="xs">
        {t('quotas.counted')}
      </Title>
      <Stack>
        <QuotaGrid
          table={table.data}
          names={names}
          drafts={drafts}
          mayEdit={may('quotas.write')}
          change={(key, quota) => {
            save.reset();
            setDrafts({ ...drafts, [key]: quota });
          }}
        />
        {counters.length > COUNTERS_MAX ? (
          <Text c="dimmed">{t('quotas.more', { count: counters.length - COUNTERS_MAX })}</Text>
        ) : null}
        {lines.length === 0 ? null : (
          <Group>
            <Button variant="default" loading={save.isPending} onClick={() => save.mutate(true)}>
              {t('edit.foretell')}
            </Button>
            <Button loading={save.isPending} onClick={() => save.mutate(false)}>
              {t('act.save')}
            </Button>
            <Button variant="subtle" onClick={() => setDrafts({})}>
              {t('edit.cancel')}
            </Button>
          </Group>
        )}
        <EditFaults error={save.error} />
        <ForetoldNotice of={save.data} />
      </Stack>
    </section>
  );
}

interface GridProps {
  table: QuotaTable;
  names: readonly Contingent[];
  drafts: Readonly<Record<string, number>>;
  mayEdit: boolean;
  change(key: string, quota: number): void;
}

function QuotaGrid({ table, names, drafts, mayEdit, change }: GridProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard.
    <section className="sheet" tabIndex={0} aria-label={t('houseTab.quotas')}>
      <table aria-label={t('houseTab.quotas')} style={{ tableLayout: 'auto' }}>
        <thead>
          <tr>
            <th scope="col">{t('quotas.counter')}</th>
            <th scope="col">{t('quotas.capacity')}</th>
            {names.map(({ id, name }) => (
              <th scope="col" key={id} style={{ minWidth: 130 }}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.counters.slice(0, COUNTERS_MAX).map((counter) => (
            <tr key={counter.id}>
              <th scope="row">{counterName(counter, t(`counterKind.${counter.kind}`))}</th>
              <td data-align="right">
                {counter.capacity === null ? '—' : formats.count(counter.capacity)}
              </td>
              {names.map((contingent) => {
                const key = `${counter.id}|${contingent.id}`;
                const quota = table.quotas.find(
                  (one) => one.counter === counter.id && one.contingent === contingent.id,
                );
                return (
                  <td key={contingent.id}>
                    <QuotaCell
                      label={`${counterName(counter, '')} ${contingent.name}`}
                      quota={quota}
                      draft={drafts[key]}
                      mayEdit={mayEdit}
                      change={(value) => change(key, value)}
                    />
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function counterName(counter: QuotaTable['counters'][number], kind: string): string {
  const { area, day, slotStarts, slotEnds } = counter;
  const slot = slotStarts === null ? '' : `${slotStarts}–${slotEnds ?? ''}`;
  return [kind, area, day, slot].filter(Boolean).join(' ');
}

interface CellProps {
  label: string;
  quota: QuotaTable['quotas'][number] | undefined;
  draft: number | undefined;
  mayEdit: boolean;
  change(value: number): void;
}

function QuotaCell({ label, quota, draft, mayEdit, change }: CellProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  if (!mayEdit) return quota === undefined ? '—' : formats.count(quota.quota);
  return (
    <NumberInput
      aria-label={label}
      value={draft ?? quota?.quota ?? ''}
      min={0}
      max={10_000_000}
      allowDecimal={false}
      hideControls
      onChange={(value) => {
        if (typeof value === 'number') change(value);
      }}
      description={
        quota === undefined
          ? undefined
          : t('quotas.used', {
              sold: formats.count(quota.sold),
              allotted: formats.count(quota.allotted),
            })
      }
    />
  );
}
