/** Who did what, to what, before, after and why; nobody can change it. */
import { Button, Group, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { GetJournal200, GetJournalParams, JournalLine } from '../../api/generated/client.ts';
import { getJournal } from '../../api/generated/client.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import type { SheetColumn } from '../../ui/sheet.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { TableSkeleton } from '../../ui/skeletons.tsx';
import { useFormats } from '../../words/formats.ts';
import { changesOf } from './changes.ts';
import { SETTINGS } from './use-act.ts';

const NOTHING = { author: '', action: '', subject: '', from: '', to: '' };
const WORDS = ['author', 'action', 'subject'] as const;
const DAY_MS = 86_400_000;

/** Days as the browser has them; the last one is whole. */
function paramsOf(said: typeof NOTHING): GetJournalParams {
  const words = WORDS.map((name) => [name, said[name].trim()] as const);
  const start = (day: string): number => new Date(`${day}T00:00:00`).getTime();
  return {
    ...Object.fromEntries(words.filter(([, value]) => value !== '')),
    ...(said.from === '' ? {} : { from: new Date(start(said.from)).toISOString() }),
    ...(said.to === '' ? {} : { to: new Date(start(said.to) + DAY_MS).toISOString() }),
  };
}

export function JournalTab() {
  const { t } = useTranslation();
  const [filter, setFilter] = useState<GetJournalParams>({});
  const query = useInfiniteQuery({
    queryKey: [...SETTINGS.journal, filter],
    queryFn: ({ pageParam }) =>
      getJournal({ ...filter, limit: 50, ...(pageParam === null ? {} : { after: pageParam }) }),
    initialPageParam: null as string | null,
    getNextPageParam: (page: GetJournal200) => page.next,
  });
  const columns = useColumns();
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <JournalFilter change={(said) => setFilter(paramsOf(said))} />
      <ProblemNotice error={query.error} />
      {query.isPending ? <TableSkeleton /> : null}
      {query.isSuccess && rows.length === 0 ? (
        <EmptyState title={t('journal.none')}>{t('journal.noneWhy')}</EmptyState>
      ) : null}
      {rows.length === 0 ? null : (
        <Sheet
          name="journal"
          label={t('settingsTab.journal')}
          columns={columns}
          rows={rows}
          keyOf={({ id }) => id}
          more={{
            has: query.hasNextPage,
            isLoading: query.isFetchingNextPage,
            load: () => void query.fetchNextPage(),
          }}
        />
      )}
    </>
  );
}

function JournalFilter({ change }: { change(said: typeof NOTHING): void }) {
  const { t } = useTranslation();
  const form = useForm({ initialValues: NOTHING });
  return (
    <form onSubmit={form.onSubmit(change)}>
      <Group mb="md" align="flex-end">
        {WORDS.map((name) => (
          <TextInput
            key={name}
            w="11rem"
            label={t(`journal.${name}`)}
            placeholder={t(`journalExample.${name}`)}
            {...form.getInputProps(name)}
          />
        ))}
        <TextInput type="date" label={t('journal.from')} {...form.getInputProps('from')} />
        <TextInput type="date" label={t('journal.to')} {...form.getInputProps('to')} />
        <Button type="submit" size="sm">
          {t('journal.search')}
        </Button>
        <Button
          variant="subtle"
          size="sm"
          onClick={() => {
            form.reset();
            change(NOTHING);
          }}
        >
          {t('act.reset')}
        </Button>
      </Group>
    </form>
  );
}

function useColumns(): readonly SheetColumn<JournalLine>[] {
  const { t } = useTranslation();
  const formats = useFormats();
  return useMemo(
    () => [
      { id: 'at', head: t('journal.at'), width: 170, cell: ({ at }) => formats.instant(at) },
      { id: 'author', head: t('journal.author'), width: 180, cell: ({ author }) => author },
      { id: 'action', head: t('journal.action'), width: 170, cell: ({ action }) => action },
      { id: 'subject', head: t('journal.subject'), width: 170, cell: ({ subject }) => subject },
      {
        id: 'change',
        head: t('journal.change'),
        width: 330,
        cell: ({ before, after }) => <Changes before={before} after={after} />,
      },
      { id: 'reason', head: t('journal.reason'), width: 170, cell: ({ reason }) => reason ?? '' },
    ],
    [t, formats],
  );
}

function Changes({ before, after }: { before: unknown; after: unknown }) {
  return changesOf(before, after).map(({ name, was, is }) => (
    <div key={name}>
      {name === '' ? null : (
        <Text span size="xs" c="dimmed">
          {name}{' '}
        </Text>
      )}
      {was === null ? null : <del className="was">{was}</del>}
      {was !== null && is !== null ? ' → ' : ''}
      {is === null ? null : <ins className="is">{is}</ins>}
    </div>
  ));
}
