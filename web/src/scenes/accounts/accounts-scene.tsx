/** "Compte d'attente": what each reseller owes, and how near its ceiling that is. */
import { Group, Select, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../api/generated/client.ts';
import { getGetAccountsExportUrl } from '../../api/generated/client.ts';
import { useMay } from '../../api/session.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FileButton } from '../../ui/file-button.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { SceneHead } from '../../ui/scene.tsx';
import type { SheetColumn } from '../../ui/sheet.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { TableSkeleton } from '../../ui/skeletons.tsx';
import { useFormats } from '../../words/formats.ts';
import { useAccounts } from './accounts-reading.ts';
import { BalanceBar } from './balance-bar.tsx';

export function AccountsScene() {
  const { t } = useTranslation();
  const may = useMay();
  const navigate = useNavigate();
  const found = useAccounts();
  const columns = useColumns();
  const rows = found.data?.items ?? [];
  const last = rows.flatMap(({ periods }) => periods.map(({ period }) => period)).sort();
  return (
    <>
      <SceneHead title={t('nav.accounts')} />
      <ProblemNotice error={found.error} />
      {found.isPending ? <TableSkeleton /> : null}
      {found.isSuccess && rows.length === 0 ? (
        <EmptyState title={t('accounts.none')}>{t('accounts.noneWhy')}</EmptyState>
      ) : null}
      {rows.length === 0 ? null : (
        <Sheet
          name="accounts"
          label={t('nav.accounts')}
          columns={columns}
          rows={rows}
          keyOf={({ id }) => id}
          open={({ id }) => void navigate({ to: '/accounts/$account', params: { account: id } })}
        />
      )}
      {may('accounting.export') && found.isSuccess ? (
        <AccountingExport month={last.at(-1) ?? ''} />
      ) : null}
    </>
  );
}

function useColumns(): SheetColumn<Account>[] {
  const { t } = useTranslation();
  const formats = useFormats();
  return [
    { id: 'code', head: t('accounts.code'), width: 130, cell: ({ code }) => code },
    { id: 'contact', head: t('accounts.contact'), width: 170, cell: ({ contact }) => contact },
    {
      id: 'interfaces',
      head: t('accounts.interfaces'),
      width: 160,
      cell: ({ interfaces }) => interfaces.map(({ code }) => code).join(', '),
    },
    {
      id: 'balance',
      head: t('accounts.balance'),
      width: 130,
      align: 'right',
      cell: ({ balanceMinor, currency }) => formats.money(balanceMinor, currency),
      sortBy: ({ balanceMinor }) => balanceMinor,
    },
    {
      id: 'ceiling',
      head: t('accounts.ceiling'),
      width: 300,
      cell: (account) => <BalanceBar of={account} />,
      sortBy: ({ filledPercent }) => filledPercent ?? -1,
    },
    {
      id: 'openFrom',
      head: t('accounts.openFrom'),
      width: 150,
      cell: ({ openFrom }) =>
        openFrom === null ? t('accounts.noneClosed') : formats.month(openFrom),
    },
  ];
}

/** A month of all accounts, or of one, as a file. */
export function AccountingExport({ month: first, account }: { month: string; account?: string }) {
  const { t } = useTranslation();
  const [period, setPeriod] = useState(first);
  const [format, setFormat] = useState<'csv' | 'xlsx'>('xlsx');
  const isMonth = /^20\d\d-(0[1-9]|1[0-2])$/.test(period);
  return (
    <Group mt="lg" align="flex-end">
      <TextInput
        type="month"
        label={t('accounts.month')}
        value={period}
        onChange={({ currentTarget }) => setPeriod(currentTarget.value)}
      />
      <Select
        label={t('accounts.format')}
        data={[
          { value: 'xlsx', label: 'Excel' },
          { value: 'csv', label: 'CSV' },
        ]}
        value={format}
        onChange={(value) => setFormat(value === 'csv' ? 'csv' : 'xlsx')}
      />
      <FileButton
        disabled={!isMonth}
        url={getGetAccountsExportUrl({
          period,
          format,
          ...(account === undefined ? {} : { account }),
        })}
        name={`${period}.${format}`}
        label={t('accounts.export')}
      />
    </Group>
  );
}
