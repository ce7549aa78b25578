/** The table of the slide: donnée, saison, nom, id externe; above it the unknown values. */
import { Badge, Button, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Interface, Mapping } from '../../api/generated/client.ts';
import {
  getGetInterfaceMappingsXlsxUrl,
  getInterfaceMappings,
  getSeasons,
} from '../../api/generated/client.ts';
import { useLanguage } from '../../api/reading.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import type { SheetColumn } from '../../ui/sheet.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { TableSkeleton } from '../../ui/skeletons.tsx';
import { MappingQueue } from './mapping-queue.tsx';

export function MappingsTab({ of }: { of: Interface }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [text, setText] = useState('');
  const [word, setWord] = useState('');
  const table = useQuery({
    queryKey: ['mappings', of.id],
    queryFn: () => getInterfaceMappings(of.id),
  });
  const columns = useMappingColumns();
  if (table.isPending) return <TableSkeleton />;
  if (table.isError) return <ProblemNotice error={table.error} />;
  const words = [...new Set(table.data.items.map((row) => row.word))];
  const rows = table.data.items.filter((row) => fits(row, word, text));
  return (
    <Stack gap="lg">
      <MappingQueue of={of} />
      <section>
        <Group mb="sm" align="flex-end">
          <TextInput
            label={t('mappings.search')}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <Select
            label={t('mappings.word')}
            data={[
              { value: '', label: t('cases.all') },
              ...words.map((value) => ({ value, label: t(`word.${value}`) })),
            ]}
            value={word}
            onChange={(value) => setWord(value ?? '')}
          />
          <Button
            component="a"
            variant="default"
            href={getGetInterfaceMappingsXlsxUrl(of.id, { language })}
            download
          >
            {t('mappings.excel')}
          </Button>
          <Text c="dimmed" role="status">
            {t('mappings.shown', { count: rows.length })}
          </Text>
        </Group>
        {table.data.items.length === 0 ? (
          <EmptyState title={t('mappings.none')}>{t('mappings.noneWhy')}</EmptyState>
        ) : (
          <Sheet
            name="mappings"
            label={t('interfaceTab.mappings')}
            columns={columns}
            rows={rows}
            keyOf={({ id }) => id}
            heightMax="70vh"
          />
        )}
      </section>
    </Stack>
  );
}

/** Both sides are searched: our key and name, and the reseller's values. */
function fits(row: Mapping, word: string, text: string): boolean {
  if (word !== '' && row.word !== word) return false;
  const asked = text.trim().toLowerCase();
  if (asked === '') return true;
  return [row.ours ?? '', row.name, ...row.external].some((one) =>
    one.toLowerCase().includes(asked),
  );
}

function useMappingColumns(): readonly SheetColumn<Mapping>[] {
  const { t } = useTranslation();
  const seasons = useQuery({ queryKey: ['seasons'], queryFn: () => getSeasons() }).data?.items;
  return useMemo(
    () => [
      {
        id: 'word',
        head: t('mappings.word'),
        width: 190,
        cell: ({ word }) => t(`word.${word}`),
        sortBy: ({ word }) => t(`word.${word}`),
      },
      {
        id: 'season',
        head: t('mappings.season'),
        width: 110,
        cell: ({ season }) => seasons?.find(({ id }) => id === season)?.code ?? '',
      },
      {
        id: 'name',
        head: t('mappings.name'),
        width: 380,
        cell: (row) =>
          row.notOurs ? (
            <Text c="dimmed">{t('mappings.notOurs')}</Text>
          ) : (
            <>
              {row.ours}
              {row.name === '' || row.name === row.ours ? '' : ` (${row.name})`}
            </>
          ),
        sortBy: ({ ours }) => ours ?? '',
      },
      {
        id: 'external',
        head: t('mappings.external'),
        width: 240,
        cell: ({ external }) => (
          <Group gap={4}>
            {external.map((value) => (
              <Badge key={value} variant="default" radius="sm" tt="none">
                {value}
              </Badge>
            ))}
          </Group>
        ),
        sortBy: ({ external }) => external.join('|'),
      },
    ],
    [t, seasons],
  );
}
