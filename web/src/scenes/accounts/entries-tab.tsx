/** The ledger with its running balance, the newest month first. */
import { Group, Select, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountInFull, LedgerEntry } from '../../api/generated/client.ts';
import type { AccountSearch } from '../../routes.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import type { SheetColumn } from '../../ui/sheet.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { TableSkeleton } from '../../ui/skeletons.tsx';
import { useFormats } from '../../words/formats.ts';
import type { EntryFilter } from './accounts-reading.ts';
import { useEntries } from './accounts-reading.ts';

const KINDS = [
  'sale',
  'refund',
  'commission',
  'payment',
  'commission_invoice',
  'adjustment',
] as const;

export interface TabProps {
  of: AccountInFull;
  search: AccountSearch;
  change(part: AccountSearch): void;
}

const TYPING_MS = 300;

export function EntriesTab({ of, search, change }: TabProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const [ticket, setTicket] = useState('');
  const [document, setDocument] = useState('');
  const [typed] = useDebouncedValue({ ticket, document }, TYPING_MS);
  const kind = KINDS.find((one) => one === search.kind);
  const period = of.periods.find((one) => one.period === search.period)?.period;
  const filter: EntryFilter = {
    ...(period === undefined ? {} : { period }),
    ...(kind === undefined ? {} : { kind }),
    ...(typed.ticket.trim() === '' ? {} : { ticket: typed.ticket.trim() }),
    ...(typed.document.trim() === '' ? {} : { document: typed.document.trim() }),
  };
  const found = useEntries(of.id, filter);
  const columns = useColumns();
  const all = { value: '', label: t('cases.all') };
  const months = of.periods.map((one) => one.period).toSorted((a, b) => b.localeCompare(a));
  return (
    <>
      <Group mb="md" align="flex-end">
        <Select
          label={t('account.month')}
          data={[all, ...months.map((value) => ({ value, label: formats.month(value) }))]}
          value={period ?? ''}
          onChange={(value) => change({ period: value || undefined })}
        />
        <Select
          label={t('entry.kind')}
          data={[all, ...KINDS.map((value) => ({ value, label: t(`entryKind.${value}`) }))]}
          value={kind ?? ''}
          onChange={(value) => change({ kind: value || undefined })}
        />
        <TextInput
          label={t('entry.ticket')}
          value={ticket}
          onChange={({ currentTarget }) => setTicket(currentTarget.value)}
        />
        <TextInput
          label={t('entry.document')}
          value={document}
          onChange={({ currentTarget }) => setDocument(currentTarget.value)}
        />
      </Group>
      <ProblemNotice error={found.error} />
      {found.isPending ? <TableSkeleton /> : null}
      {found.isSuccess && found.rows.length === 0 ? (
        <EmptyState title={t('entry.none')}>{t('entry.noneWhy')}</EmptyState>
      ) : null}
      {found.rows.length === 0 ? null : (
        <Sheet
          name="account-entries"
          label={t('accountTab.entries')}
          columns={columns}
          rows={found.rows}
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

function useColumns(): SheetColumn<LedgerEntry>[] {
  const { t } = useTranslation();
  const formats = useFormats();
  return [
    {
      id: 'operationAt',
      head: t('entry.at'),
      width: 165,
      cell: ({ operationAt, late }) => (
        <>
          {formats.instant(operationAt)}
          {late ? (
            <Text size="xs" c="dimmed">
              {t('entry.isLate')}
            </Text>
          ) : null}
        </>
      ),
    },
    {
      id: 'period',
      head: t('account.month'),
      width: 120,
      cell: ({ period }) => formats.month(period),
    },
    {
      id: 'kind',
      head: t('entry.kind'),
      width: 140,
      cell: ({ kind }) => t(`entryKind.${kind}`),
    },
    {
      id: 'what',
      head: t('entry.what'),
      width: 230,
      cell: ({ ticket, document, performance }) =>
        [ticket, document, performance?.name].filter(Boolean).join(' · '),
    },
    {
      id: 'amount',
      head: t('entry.amountOf'),
      width: 115,
      align: 'right',
      cell: ({ amountMinor, currency }) => formats.money(amountMinor, currency),
    },
    {
      id: 'balance',
      head: t('accounts.balance'),
      width: 125,
      align: 'right',
      cell: ({ balanceMinor, currency }) => formats.money(balanceMinor, currency),
    },
    { id: 'author', head: t('entry.author'), width: 140, cell: ({ author }) => author },
  ];
}
