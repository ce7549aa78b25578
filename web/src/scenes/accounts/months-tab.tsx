/** What the reseller owes by month: gross, commission, net, what was paid; a month in full. */
import { Button, Drawer, Group, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountInFull, AccountPeriodsItem } from '../../api/generated/client.ts';
import { useMay } from '../../api/session.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import type { SheetColumn } from '../../ui/sheet.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { TableSkeleton } from '../../ui/skeletons.tsx';
import { State } from '../../ui/state.tsx';
import { useFormats } from '../../words/formats.ts';
import { useAccount } from './accounts-reading.ts';
import { CloseDialog } from './close-dialog.tsx';

const AMOUNTS = [
  'grossMinor',
  'commissionMinor',
  'netMinor',
  'paidMinor',
  'invoicedMinor',
  'adjustedMinor',
  'balanceMinor',
] as const;

interface MonthsProps {
  of: AccountInFull;
  openEntries(period: string): void;
}

export function MonthsTab({ of, openEntries }: MonthsProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const [opened, setOpened] = useState<string | null>(null);
  const [closing, setClosing] = useState<string | null>(null);
  const columns = useColumns(of.currency);
  const rows = of.periods.toSorted((a, b) => b.period.localeCompare(a.period));
  if (rows.length === 0) {
    return <EmptyState title={t('account.noMonths')}>{t('account.noMonthsWhy')}</EmptyState>;
  }
  const closed = of.periods.find(({ period }) => period === closing);
  return (
    <>
      <Sheet
        name="account-months"
        label={t('accountTab.months')}
        columns={columns}
        rows={rows}
        keyOf={({ period }) => period}
        chosen={opened}
        open={({ period }) => setOpened(period)}
      />
      <Drawer
        opened={opened !== null}
        onClose={() => setOpened(null)}
        title={opened === null ? '' : formats.month(opened)}
        closeButtonProps={{ 'aria-label': t('act.close') }}
      >
        {opened === null ? null : (
          <Month
            account={of.id}
            period={opened}
            openEntries={() => openEntries(opened)}
            close={() => {
              setClosing(opened);
              setOpened(null);
            }}
          />
        )}
      </Drawer>
      {closed === undefined ? null : (
        <CloseDialog of={of} month={closed} close={() => setClosing(null)} />
      )}
    </>
  );
}

function useColumns(currency: string): SheetColumn<AccountPeriodsItem>[] {
  const { t } = useTranslation();
  const formats = useFormats();
  return [
    {
      id: 'period',
      head: t('account.month'),
      width: 140,
      cell: ({ period }) => formats.month(period),
      sortBy: ({ period }) => period,
    },
    ...AMOUNTS.map(
      (name): SheetColumn<AccountPeriodsItem> => ({
        id: name,
        head: t(`account.${name}`),
        width: 118,
        align: 'right',
        cell: (month) => formats.money(month[name], currency),
        sortBy: (month) => month[name],
      }),
    ),
    {
      id: 'closed',
      head: t('account.state'),
      width: 110,
      cell: ({ closed }) => (
        <State tone={closed ? 'calm' : 'good'}>
          {t(closed ? 'account.isClosed' : 'account.isOpen')}
        </State>
      ),
    },
  ];
}

interface MonthProps {
  account: string;
  period: string;
  openEntries(): void;
  close(): void;
}

function Month({ account, period, openEntries, close }: MonthProps) {
  const { t } = useTranslation();
  const may = useMay();
  const formats = useFormats();
  const found = useAccount(account, period);
  if (found.isPending) return <TableSkeleton />;
  if (found.isError) return <ProblemNotice error={found.error} />;
  const { detail, currency } = found.data;
  if (detail === null) return <Text c="dimmed">{t('account.noMonths')}</Text>;
  const money = (minor: number): string => formats.money(minor, currency);
  const facts = [
    ...(['salesMinor', 'refundsMinor', ...AMOUNTS] as const).map(
      (name) => [name, detail[name]] as const,
    ),
    ['vatMinor', detail.vatMinor] as const,
    ['commissionVatMinor', detail.commissionVatMinor] as const,
  ];
  return (
    <Stack>
      <dl className="facts">
        {facts.map(([name, minor]) => (
          <div key={name} style={{ display: 'contents' }}>
            <dt>{t(`account.${name}`)}</dt>
            <dd>{money(minor)}</dd>
          </div>
        ))}
      </dl>
      <Title order={2}>{t('account.vatByRate')}</Title>
      <dl className="facts">
        {detail.vat.map(({ rateHundredths, grossMinor, vatMinor }) => (
          <div key={rateHundredths} style={{ display: 'contents' }}>
            <dt>{t('account.rate', { rate: (rateHundredths / 100).toLocaleString() })}</dt>
            <dd>{t('account.vatOf', { vat: money(vatMinor), gross: money(grossMinor) })}</dd>
          </div>
        ))}
      </dl>
      {detail.lateEntries.length === 0 ? null : (
        <Text size="sm">{t('account.late', { count: detail.lateEntries.length })}</Text>
      )}
      <Group>
        <Button variant="default" onClick={openEntries}>
          {t('account.seeEntries')}
        </Button>
        {may('account.close') && !detail.closed ? (
          <Button variant="default" onClick={close}>
            {t('account.close')}
          </Button>
        ) : null}
      </Group>
    </Stack>
  );
}
