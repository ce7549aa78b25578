/** What differs, by ticket or performance: why, and each way out. */
import { Button, Group, SegmentedControl, Select, Stack, Text } from '@mantine/core';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type {
  GetInterfaceStatementsPeriodDifferences200,
  StatementDifference,
  StatementDifferenceCause,
} from '../../api/generated/client.ts';
import { getInterfaceStatementsPeriodDifferences } from '../../api/generated/client.ts';
import { useMay } from '../../api/session.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import type { SheetColumn } from '../../ui/sheet.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { useFormats } from '../../words/formats.ts';
import { ACCOUNTS } from './accounts-reading.ts';
import { EntryDialog } from './entry-dialog.tsx';
import type { MonthOf } from './statements-tab.tsx';

type Props = MonthOf & { byCause: Readonly<Record<string, number>> };

export function StatementDifferences({ of, interface: at, period, byCause }: Props) {
  const { t } = useTranslation();
  const [by, setBy] = useState<'ticket' | 'performance'>('ticket');
  const [cause, setCause] = useState('');
  const [adjusting, setAdjusting] = useState<StatementDifference | null>(null);
  const asked = {
    by,
    ...(cause === '' ? {} : { cause: cause as StatementDifferenceCause }),
  };
  const found = useInfiniteQuery({
    queryKey: [...ACCOUNTS, 'differences', at, period, asked],
    queryFn: ({ pageParam }) =>
      getInterfaceStatementsPeriodDifferences(at, period, {
        ...asked,
        ...(pageParam === null ? {} : { after: pageParam }),
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page: GetInterfaceStatementsPeriodDifferences200) => page.next,
    placeholderData: keepPreviousData,
  });
  const rows = found.data?.pages.flatMap(({ items }) => items) ?? [];
  const columns = useColumns({ interface: at, currency: of.currency, adjust: setAdjusting });
  const all = { value: '', label: t('cases.all') };
  return (
    <Stack>
      <Group align="flex-end">
        <SegmentedControl
          aria-label={t('statement.by')}
          data={(['ticket', 'performance'] as const).map((value) => ({
            value,
            label: t(`statementBy.${value}`),
          }))}
          value={by}
          onChange={(value) => setBy(value === 'performance' ? 'performance' : 'ticket')}
        />
        <Select
          label={t('statement.cause')}
          data={[
            all,
            ...Object.entries(byCause).map(([value, count]) => ({
              value,
              label: `${t(`cause.${value}`)} (${count})`,
            })),
          ]}
          value={cause}
          onChange={(value) => setCause(value ?? '')}
        />
      </Group>
      <ProblemNotice error={found.error} />
      <Sheet
        name="statement-differences"
        label={t('statement.differences')}
        columns={columns}
        rows={rows}
        keyOf={(row) => [row.by, row.ticket, row.performance?.name, row.cause].join(' ')}
        more={{
          has: found.hasNextPage,
          isLoading: found.isFetchingNextPage,
          load: () => void found.fetchNextPage(),
        }}
      />
      {adjusting === null ? null : (
        <EntryDialog
          of={of}
          begun={{ kind: 'adjustment', amount: (adjusting.netMinor / 100).toFixed(2) }}
          close={() => setAdjusting(null)}
        />
      )}
    </Stack>
  );
}

interface WayActs {
  interface: string;
  currency: string;
  adjust(of: StatementDifference): void;
}

function useColumns(acts: WayActs): SheetColumn<StatementDifference>[] {
  const { t } = useTranslation();
  const formats = useFormats();
  const money = (side: StatementDifference['ours']): string =>
    side === null ? '—' : formats.money(side.grossMinor, acts.currency);
  return [
    {
      id: 'what',
      head: t('statement.what'),
      width: 220,
      cell: ({ ticket, performance, count }) => (
        <>
          {ticket ?? performance?.name ?? t('statement.total')}
          <Text size="xs" c="dimmed">
            {ticket === null ? t('statement.count', { count }) : (performance?.name ?? '')}
          </Text>
        </>
      ),
    },
    {
      id: 'ours',
      head: t('statement.ours'),
      width: 105,
      align: 'right',
      cell: ({ ours }) => money(ours),
    },
    {
      id: 'theirs',
      head: t('statement.theirs'),
      width: 115,
      align: 'right',
      cell: ({ theirs }) => money(theirs),
    },
    {
      id: 'net',
      head: t('statement.net'),
      width: 110,
      align: 'right',
      cell: ({ netMinor }) => formats.money(netMinor, acts.currency),
      sortBy: ({ netMinor }) => netMinor,
    },
    {
      id: 'cause',
      head: t('statement.cause'),
      width: 180,
      cell: ({ cause, bookedIn }) =>
        `${t(`cause.${cause}`)}${bookedIn === null ? '' : `, ${formats.month(bookedIn)}`}`,
      sortBy: ({ cause }) => cause,
    },
    {
      id: 'ways',
      head: t('case.ways'),
      width: 240,
      cell: (row) => <Ways of={row} acts={acts} />,
    },
  ];
}

function Ways({ of, acts }: { of: StatementDifference; acts: WayActs }) {
  const { t } = useTranslation();
  const may = useMay();
  return (
    <Stack gap={2} align="flex-start">
      {of.ways.map((way) => {
        if (way === 'settle_cases') {
          return (
            <Link key={way} to="/cases" search={{ interface: acts.interface }}>
              {t(`way.${way}`)}
            </Link>
          );
        }
        if (way === 'adjust' && may('account.enter')) {
          return (
            <Button key={way} variant="default" size="compact-xs" onClick={() => acts.adjust(of)}>
              {t(`way.${way}`)}
            </Button>
          );
        }
        if (way === 'adjust') return null;
        return (
          <Text key={way} size="sm">
            {t(`way.${way}`)}
          </Text>
        );
      })}
    </Stack>
  );
}
