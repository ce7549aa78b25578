/** Which payment settles which statement: what is open, what was matched, and taking it back. */
import { Button, Group, Modal, Select, Stack, Text, TextInput, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountInFull, OpenDocuments, StatementMatch } from '../../api/generated/client.ts';
import {
  getAccountMatches,
  getAccountOpenDocuments,
  postAccountMatches,
  postAccountMatchUndo,
} from '../../api/generated/client.ts';
import { useMay } from '../../api/session.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import type { SheetColumn } from '../../ui/sheet.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { TableSkeleton } from '../../ui/skeletons.tsx';
import { useFormats } from '../../words/formats.ts';
import { ACCOUNTS } from './accounts-reading.ts';

/** The newest; older ones are in the API. */
const SHOWN_MAX = 200;

export function MatchesTab({ of }: { of: AccountInFull }) {
  const { t } = useTranslation();
  const may = useMay();
  const [undoing, setUndoing] = useState<StatementMatch | null>(null);
  const open = useQuery({
    queryKey: [...ACCOUNTS, of.id, 'open'],
    queryFn: () => getAccountOpenDocuments(of.id),
  });
  const matches = useQuery({
    queryKey: [...ACCOUNTS, of.id, 'matches'],
    queryFn: () => getAccountMatches(of.id, { limit: SHOWN_MAX }),
  });
  const columns = useColumns(of.currency, setUndoing);
  if (open.isPending || matches.isPending) return <TableSkeleton />;
  if (open.isError || matches.isError) {
    return <ProblemNotice error={open.error ?? matches.error} />;
  }
  const { statements, entries } = open.data;
  const rows = matches.data.items;
  const isNothing = statements.length + entries.length + rows.length === 0;
  if (isNothing) return <EmptyState title={t('match.none')}>{t('match.noneWhy')}</EmptyState>;
  return (
    <Stack>
      {may('account.enter') ? <MatchForm of={of} open={open.data} /> : null}
      {rows.length === 0 ? (
        <Text c="dimmed">{t('match.noneYet')}</Text>
      ) : (
        <Sheet
          name="account-matches"
          label={t('accountTab.matches')}
          columns={columns}
          rows={rows}
          keyOf={({ id }) => id}
        />
      )}
      {undoing === null ? null : (
        <UndoDialog account={of} match={undoing} close={() => setUndoing(null)} />
      )}
    </Stack>
  );
}

function MatchForm({ of, open }: { of: AccountInFull; open: OpenDocuments }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const client = useQueryClient();
  const [statement, setStatement] = useState<string | null>(null);
  const [entry, setEntry] = useState<string | null>(null);
  const money = (minor: number): string => formats.money(minor, of.currency);
  const match = useMutation({
    mutationFn: (pair: { statement: string; entry: string }) => postAccountMatches(of.id, pair),
    onSuccess: async () => {
      setStatement(null);
      setEntry(null);
      await client.invalidateQueries({ queryKey: ACCOUNTS });
    },
  });
  const one = open.statements.find(({ id }) => id === statement);
  const other = open.entries.find(({ id }) => id === entry);
  return (
    <Stack gap="xs">
      <Title order={2}>{t('match.title')}</Title>
      <Group align="flex-end">
        <Select
          label={t('match.statement')}
          miw="20rem"
          placeholder={t(open.statements.length === 0 ? 'match.noStatement' : 'match.choose')}
          data={open.statements.map(({ id, document, period, openMinor }) => ({
            value: id,
            label: [document, formats.month(period), money(openMinor)].join(' · '),
          }))}
          value={statement}
          onChange={setStatement}
        />
        <Select
          label={t('match.entry')}
          miw="20rem"
          placeholder={t(open.entries.length === 0 ? 'match.noEntry' : 'match.choose')}
          data={open.entries.map(({ id, kind, document, openMinor }) => ({
            value: id,
            label: [t(`entryKind.${kind}`), document, money(openMinor)].filter(Boolean).join(' · '),
          }))}
          value={entry}
          onChange={setEntry}
        />
        <Button
          disabled={one === undefined || other === undefined}
          loading={match.isPending}
          onClick={() => {
            if (one !== undefined && other !== undefined) {
              match.mutate({ statement: one.id, entry: other.id });
            }
          }}
        >
          {t('match.do')}
        </Button>
      </Group>
      {one === undefined || other === undefined ? null : (
        <Text size="sm" role="status">
          {t('match.effect', { statement: money(one.openMinor), entry: money(other.openMinor) })}
        </Text>
      )}
      <ProblemNotice error={match.error} />
    </Stack>
  );
}

function useColumns(
  currency: string,
  undo: (match: StatementMatch) => void,
): SheetColumn<StatementMatch>[] {
  const { t } = useTranslation();
  const formats = useFormats();
  const may = useMay();
  return [
    {
      id: 'statement',
      head: t('match.statement'),
      width: 200,
      cell: ({ statement }) => `${statement.document} · ${formats.month(statement.period)}`,
    },
    { id: 'entry', head: t('match.entry'), width: 180, cell: ({ entry }) => entry.document ?? '—' },
    {
      id: 'amount',
      head: t('entry.amountOf'),
      width: 120,
      align: 'right',
      cell: ({ amountMinor }) => formats.money(amountMinor, currency),
    },
    {
      id: 'by',
      head: t('match.by'),
      width: 220,
      cell: ({ matchedAt, matchedBy }) => `${formats.instant(matchedAt)}, ${matchedBy}`,
    },
    {
      id: 'undo',
      head: t('account.state'),
      width: 220,
      cell: (match) =>
        match.undoneAt === null ? (
          may('account.enter') && (
            <Button variant="default" size="compact-xs" onClick={() => undo(match)}>
              {t('match.undo')}
            </Button>
          )
        ) : (
          <Text size="sm" c="dimmed">
            {t('match.undone', {
              at: formats.instant(match.undoneAt),
              by: match.undoneBy ?? '',
            })}
          </Text>
        ),
    },
  ];
}

function UndoDialog(props: { account: AccountInFull; match: StatementMatch; close(): void }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const client = useQueryClient();
  const { account, match, close } = props;
  const [reason, setReason] = useState('');
  const undo = useMutation({
    mutationFn: () => postAccountMatchUndo(account.id, match.id, { reason: reason.trim() }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ACCOUNTS });
      close();
    },
  });
  return (
    <Modal
      opened
      onClose={close}
      title={t('match.undo')}
      closeButtonProps={{ 'aria-label': t('act.close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          undo.mutate();
        }}
      >
        <Stack>
          <Text size="sm">
            {t('match.undoWhat', { amount: formats.money(match.amountMinor, account.currency) })}
          </Text>
          <TextInput
            label={t('case.reason')}
            maxLength={1000}
            data-autofocus
            value={reason}
            onChange={({ currentTarget }) => setReason(currentTarget.value)}
          />
          <ProblemNotice error={undo.error} />
          <Group>
            <Button type="submit" loading={undo.isPending} disabled={reason.trim() === ''}>
              {t('match.undo')}
            </Button>
            <Button variant="default" onClick={close}>
              {t('selling.leave')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
