/** A reseller's statements of a month against our ledger: kept, compared, cleared. */
import { Button, Drawer, Group, Select, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountInFull, StatementCompared } from '../../api/generated/client.ts';
import {
  getInterfaceStatementsPeriod,
  postInterfaceStatementsPeriodClear,
} from '../../api/generated/client.ts';
import { useMay } from '../../api/session.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { TableSkeleton } from '../../ui/skeletons.tsx';
import { State } from '../../ui/state.tsx';
import { useFormats } from '../../words/formats.ts';
import { ACCOUNTS } from './accounts-reading.ts';
import type { TabProps } from './entries-tab.tsx';
import { StatementDifferences } from './statement-differences.tsx';
import { StatementForm } from './statement-form.tsx';

export function StatementsTab({ of, search, change }: TabProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const may = useMay();
  const [adds, setAdds] = useState(false);
  const months = of.periods.map(({ period }) => period).toSorted((a, b) => b.localeCompare(a));
  const period = months.find((one) => one === search.period) ?? months[0];
  const [first] = of.interfaces;
  const chosen = of.interfaces.find(({ id }) => id === search.interface) ?? first;
  if (chosen === undefined || period === undefined) {
    return <EmptyState title={t('account.noMonths')}>{t('account.noMonthsWhy')}</EmptyState>;
  }
  return (
    <Stack>
      <Group align="flex-end">
        <Select
          label={t('selling.interface')}
          data={of.interfaces.map(({ id, code }) => ({ value: id, label: code }))}
          value={chosen.id}
          onChange={(value) => change({ interface: value ?? undefined })}
        />
        <Select
          label={t('account.month')}
          data={months.map((value) => ({ value, label: formats.month(value) }))}
          value={period}
          onChange={(value) => change({ period: value ?? undefined })}
        />
        {may('account.enter') ? (
          <Button onClick={() => setAdds(true)}>{t('statement.add')}</Button>
        ) : null}
      </Group>
      <Compared key={`${chosen.id} ${period}`} of={of} interface={chosen.id} period={period} />
      <Drawer
        opened={adds}
        onClose={() => setAdds(false)}
        title={t('statement.add')}
        closeButtonProps={{ 'aria-label': t('act.close') }}
      >
        <StatementForm
          interface={chosen.id}
          currency={of.currency}
          period={period}
          done={() => setAdds(false)}
        />
      </Drawer>
    </Stack>
  );
}

export interface MonthOf {
  of: AccountInFull;
  interface: string;
  period: string;
}

function Compared(month: MonthOf) {
  const { t } = useTranslation();
  const may = useMay();
  const client = useQueryClient();
  const { interface: of, period } = month;
  const found = useQuery({
    queryKey: [...ACCOUNTS, 'compared', of, period],
    queryFn: () => getInterfaceStatementsPeriod(of, period),
  });
  const clear = useMutation({
    mutationFn: () => postInterfaceStatementsPeriodClear(of, period),
    onSuccess: () => client.invalidateQueries({ queryKey: ACCOUNTS }),
  });
  if (found.isPending) return <TableSkeleton />;
  if (found.isError) return <ProblemNotice error={found.error} />;
  const { data } = found;
  if (data.outcome === 'nothing') {
    return <EmptyState title={t('statement.none')}>{t('statement.noneWhy')}</EmptyState>;
  }
  return (
    <Stack>
      <Sums of={data} />
      {may('account.enter') && data.openLines > 0 ? (
        <Group>
          <Button variant="default" loading={clear.isPending} onClick={() => clear.mutate()}>
            {t('statement.clear')}
          </Button>
          <Text size="sm" c="dimmed">
            {t('statement.clearWhy', { count: data.openLines })}
          </Text>
        </Group>
      ) : null}
      <ProblemNotice error={clear.error} />
      {data.differences === 0 ? (
        <State tone="good">{t('statement.agrees')}</State>
      ) : (
        <StatementDifferences {...month} byCause={data.byCause} />
      )}
    </Stack>
  );
}

function Sums({ of }: { of: StatementCompared }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const currency = of.currency ?? 'EUR';
  const side = (sums: StatementCompared['ours']): string =>
    sums === null
      ? '—'
      : t('statement.side', {
          gross: formats.money(sums.grossMinor, currency),
          commission: formats.money(sums.commissionMinor, currency),
          tickets: formats.count(sums.tickets),
        });
  return (
    <dl className="facts">
      <dt>{t('statement.documents')}</dt>
      <dd>
        {of.statements
          .map(({ document, replacedBy }) =>
            replacedBy === null ? document : t('statement.replaced', { document, by: replacedBy }),
          )
          .join(', ')}
      </dd>
      <dt>{t('statement.ours')}</dt>
      <dd>{side(of.ours)}</dd>
      <dt>{t('statement.theirs')}</dt>
      <dd>{side(of.theirs)}</dd>
      <dt>{t('statement.difference')}</dt>
      <dd>{formats.money(of.differenceMinor, currency)}</dd>
    </dl>
  );
}
