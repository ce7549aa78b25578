/** The table of the slide: donnée, saison, nom, id externe; above it the unknown values. */
import { Button, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Interface, Mapping } from '../../api/generated/client.ts';
import { getGetInterfaceMappingsXlsxUrl, getSeasons } from '../../api/generated/client.ts';
import { useLanguage } from '../../api/reading.ts';
import { useMay } from '../../api/session.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FileButton } from '../../ui/file-button.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import type { SheetColumn } from '../../ui/sheet.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { TableSkeleton } from '../../ui/skeletons.tsx';
import { Chips, MappingEdit } from './mapping-edit.tsx';
import { MappingImport } from './mapping-import.tsx';
import { MappingNew } from './mapping-new.tsx';
import { MappingQueue } from './mapping-queue.tsx';
import { useMappingTable } from './mapping-table.ts';

export function MappingsTab({ of }: { of: Interface }) {
  const table = useMappingTable(of.id);
  if (table.isPending) return <TableSkeleton />;
  if (table.isError) return <ProblemNotice error={table.error} />;
  return (
    <Stack gap="lg">
      <MappingQueue of={of} />
      <Mappings of={of} items={table.data.items} version={table.data.version} />
    </Stack>
  );
}

interface Asked {
  text: string;
  word: string;
  /** '': all; `-`: of every season. */
  season: string;
}

interface MappingsProps {
  of: Interface;
  items: readonly Mapping[];
  version: string;
}

function Mappings({ of, items, version }: MappingsProps) {
  const { t } = useTranslation();
  const may = useMay();
  const search = useSearch({ from: '/interfaces/$interface' });
  const begun = { text: search.value ?? search.ours ?? '', word: search.word ?? '', season: '' };
  const [asked, setAsked] = useState<Asked>(begun);
  const [editing, setEditing] = useState<string | null>(null);
  const [isNew, setNew] = useState(false);
  const rows = items.filter((row) => fits(row, asked));
  const leave = (row: Mapping, next: boolean): void => {
    const below = rows[rows.findIndex(({ id }) => id === row.id) + 1];
    setEditing(next ? (below?.id ?? null) : null);
  };
  const columns = useMappingColumns((row) =>
    editing === row.id ? (
      <MappingEdit of={of} row={row} version={version} leave={(next) => leave(row, next)} />
    ) : null,
  );
  const { word, value, ours } = search;
  return (
    <section>
      <MappingFilters items={items} asked={asked} setAsked={setAsked} />
      <MappingActions of={of} shown={rows.length} add={() => setNew(true)} />
      {isNew ? (
        <MappingNew
          of={of}
          rows={items}
          version={version}
          begin={{ word, value, ours }}
          done={() => setNew(false)}
        />
      ) : null}
      {items.length === 0 ? (
        <EmptyState title={t('mappings.none')}>{t('mappings.noneWhy')}</EmptyState>
      ) : (
        <Sheet
          name="mappings"
          label={t('interfaceTab.mappings')}
          columns={columns}
          rows={rows}
          keyOf={({ id }) => id}
          chosen={editing}
          heightMax="70vh"
          {...(may('mappings.write') ? { open: ({ id }: Mapping) => setEditing(id) } : {})}
        />
      )}
    </section>
  );
}

function MappingActions({ of, shown, add }: { of: Interface; shown: number; add(): void }) {
  const { t } = useTranslation();
  const may = useMay();
  const language = useLanguage();
  return (
    <Group mb="sm">
      {may('mappings.write') ? <Button onClick={add}>{t('mappings.new')}</Button> : null}
      <FileButton
        url={getGetInterfaceMappingsXlsxUrl(of.id, { language })}
        name={`${of.code}.xlsx`}
        label={t('mappings.excel')}
      />
      {may('mappings.write') ? <MappingImport of={of} /> : null}
      <Text c="dimmed" role="status">
        {t('mappings.shown', { count: shown })}
      </Text>
    </Group>
  );
}

interface FiltersProps {
  items: readonly Mapping[];
  asked: Asked;
  setAsked(asked: Asked): void;
}

function MappingFilters({ items, asked, setAsked }: FiltersProps) {
  const { t } = useTranslation();
  const seasons = useQuery({ queryKey: ['seasons'], queryFn: () => getSeasons() }).data?.items;
  const words = [...new Set(items.map((row) => row.word))];
  return (
    <Group mb="sm" align="flex-end">
      <TextInput
        type="search"
        label={t('mappings.search')}
        value={asked.text}
        onChange={(event) => setAsked({ ...asked, text: event.currentTarget.value })}
      />
      <Select
        label={t('mappings.word')}
        data={[
          { value: '', label: t('cases.all') },
          ...words.map((value) => ({ value, label: t(`word.${value}`) })),
        ]}
        value={asked.word}
        onChange={(value) => setAsked({ ...asked, word: value ?? '' })}
      />
      <Select
        label={t('mappings.season')}
        data={[
          { value: '', label: t('cases.all') },
          { value: EVERY_SEASON, label: t('mappings.everySeason') },
          ...(seasons ?? []).map(({ id, code }) => ({ value: id, label: code })),
        ]}
        value={asked.season}
        onChange={(value) => setAsked({ ...asked, season: value ?? '' })}
      />
    </Group>
  );
}

const EVERY_SEASON = '-';

/** Both sides are searched: our key and name, and the reseller's values. */
function fits(row: Mapping, { word, season, text }: Asked): boolean {
  if (word !== '' && row.word !== word) return false;
  if (season !== '' && (row.season ?? EVERY_SEASON) !== season) return false;
  const asked = text.trim().toLowerCase();
  if (asked === '') return true;
  return [row.ours ?? '', row.name, ...row.external].some((one) =>
    one.toLowerCase().includes(asked),
  );
}

function useMappingColumns(edit: (row: Mapping) => ReactNode): readonly SheetColumn<Mapping>[] {
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
        width: 320,
        cell: (row) => edit(row) ?? <Chips of={row.external} />,
        sortBy: ({ external }) => external.join('|'),
      },
    ],
    [t, seasons, edit],
  );
}
