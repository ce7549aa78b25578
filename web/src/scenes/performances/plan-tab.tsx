/** The seat plan of a performance: coloured by what one asks, seats chosen and moved. */
import { Group, SegmentedControl, Stack, Table, Text, useComputedColorScheme } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SeatPlanZonesItem } from '../../api/generated/client.ts';
import { getPerformanceSeats } from '../../api/generated/client.ts';
import { KEYS } from '../../api/reading.ts';
import { useMay } from '../../api/session.ts';
import { SeatPlan } from '../../plan/seat-plan.tsx';
import { SeatSelection } from '../../plan/seat-selection.ts';
import { SeatSwatch } from '../../plan/seat-swatch.tsx';
import type { PlanPaper } from '../../plan/use-plan-view.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { TableSkeleton } from '../../ui/skeletons.tsx';
import { useFormats } from '../../words/formats.ts';
import type { LegendLine, LookKind, PlanModel } from './plan-model.ts';
import { factsOf, LOOKS, lookBy, planModel } from './plan-model.ts';
import { SeatTable } from './seat-table.tsx';
import { SelectionPanel } from './selection-panel.tsx';

const PAPERS: Readonly<Record<'light' | 'dark', PlanPaper>> = {
  light: { background: 0xffffff, ink: 0x1a1d21 },
  dark: { background: 0x1a1d21, ink: 0xf3f5f7 },
};

export function PlanTab({ performance }: { performance: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const key = [...KEYS.performances, performance, 'seats'];
  const found = useQuery({ queryKey: key, queryFn: () => getPerformanceSeats(performance) });
  const model = useMemo(() => (found.data ? planModel(found.data) : null), [found.data]);
  if (found.isError) return <ProblemNotice error={found.error} />;
  if (model === null) return <TableSkeleton />;
  const { count, zones } = model.told;
  return (
    <Stack>
      {count === 0 && zones.length === 0 ? (
        <EmptyState title={t('plan.none')}>{t('plan.noneWhy')}</EmptyState>
      ) : null}
      {count === 0 ? null : (
        <Seats
          performance={performance}
          model={model}
          changed={() => void client.invalidateQueries({ queryKey: key })}
        />
      )}
      {zones.length === 0 ? null : <Zones zones={zones} model={model} />}
    </Stack>
  );
}

function Seats(of: { performance: string; model: PlanModel; changed(): void }) {
  const { t } = useTranslation();
  const { performance, model, changed } = of;
  const may = useMay();
  const [kind, setKind] = useState<LookKind>('contingent');
  const [way, setWay] = useState<'plan' | 'table'>('plan');
  const [selection] = useState(() => new SeatSelection());
  const scheme = useComputedColorScheme('light');
  const { look, legend } = useMemo(() => lookBy(kind, model), [kind, model]);
  const describe = useSeatWords(model);
  const label = t('plan.label', { count: model.told.count });
  const table = <SeatTable model={model} selection={selection} describe={describe} />;
  return (
    <>
      <Group justify="space-between">
        <SegmentedControl
          value={kind}
          onChange={(value) => setKind(value as LookKind)}
          aria-label={t('plan.colourBy')}
          data={LOOKS.map((value) => ({ value, label: t(`plan.by.${value}`) }))}
        />
        <SegmentedControl
          value={way}
          onChange={(value) => setWay(value === 'table' ? 'table' : 'plan')}
          aria-label={t('plan.way')}
          data={[
            { value: 'plan', label: t('plan.asPlan') },
            { value: 'table', label: t('plan.asTable') },
          ]}
        />
      </Group>
      <Legend legend={legend} kind={kind} />
      <div className="plan-and-panel">
        {way === 'table' ? (
          table
        ) : (
          <SeatPlan
            plan={model.plan}
            look={look}
            paper={PAPERS[scheme]}
            selection={selection}
            label={label}
            describe={describe}
            height="min(62vh, 44rem)"
            otherwise={table}
          />
        )}
        <SelectionPanel
          performance={performance}
          model={model}
          selection={selection}
          mayMove={may('quotas.write')}
          changed={changed}
        />
      </div>
    </>
  );
}

/** A seat in a line: its place, category, contingent, whose it is, and what is odd about it. */
function useSeatWords(model: PlanModel): (seat: number) => string {
  const { t } = useTranslation();
  return useMemo(
    () => (seat) => {
      const facts = factsOf(model, seat);
      const { block, row, number, category, contingent, reseller, state, wish } = facts;
      return [
        t('plan.seat', { block, row, number }),
        category,
        contingent ?? t('plan.nobody.contingent'),
        reseller === null ? null : t('plan.at', { reseller }),
        t(`seatState.${state}`),
        wish === null ? null : t(`seatWish.${wish}`),
        facts.isRefused ? t('plan.refused') : null,
        facts.isOverbooked ? t('plan.overbooked') : null,
        facts.isInCase ? t('plan.inCase') : null,
      ]
        .filter(Boolean)
        .join(' · ');
    },
    [model, t],
  );
}

function Legend({ legend, kind }: { legend: readonly LegendLine[]; kind: LookKind }) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <Group component="ul" gap="md" aria-label={t('plan.legend')} m={0} p={0} className="legend">
      {legend.map(({ style, name, state, count }) => (
        <Group component="li" gap={6} key={`${name} ${state}`}>
          <SeatSwatch style={style} />
          <Text size="sm">
            {state === null ? (name ?? t(`plan.nobody.${kind}`)) : t(`seatState.${state}`)}
          </Text>
          <Text size="sm" c="dimmed">
            {formats.count(count)}
          </Text>
        </Group>
      ))}
    </Group>
  );
}

/** Free seating has no seats to draw: its places are counted, in each contingent's share. */
function Zones({ zones, model }: { zones: readonly SeatPlanZonesItem[]; model: PlanModel }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { contingents } = model.told;
  const nameOf = (id: string) => contingents.find((one) => one.id === id)?.name ?? id;
  const rows = zones.flatMap((zone) => zone.shares.map((share) => ({ zone, share })));
  const counts = ['quota', 'allotted', 'sold', 'held', 'wishTakeBack'] as const;
  return (
    <Table.ScrollContainer minWidth={640}>
      <Table withTableBorder aria-label={t('plan.zones')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('plan.zone')}</Table.Th>
            <Table.Th ta="right">{t('plan.capacity')}</Table.Th>
            <Table.Th>{t('plan.by.contingent')}</Table.Th>
            {counts.map((name) => (
              <Table.Th key={name} ta="right">
                {t(`plan.share.${name}`)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(({ zone, share }) => (
            <Table.Tr key={`${zone.counter} ${share.contingent}`}>
              <Table.Td>{zone.area}</Table.Td>
              <Table.Td ta="right">
                {zone.capacity === null ? '—' : formats.count(zone.capacity)}
              </Table.Td>
              <Table.Td>{nameOf(share.contingent)}</Table.Td>
              {counts.map((name) => (
                <Table.Td key={name} ta="right">
                  {formats.count(share[name])}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
