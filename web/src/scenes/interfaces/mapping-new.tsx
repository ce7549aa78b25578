/** A row that is not there yet: what it is, for which season, ours and the reseller's values. */
import { Autocomplete, Button, Group, Paper, Select, TagsInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Interface, Mapping } from '../../api/generated/client.ts';
import { getSeasons, MappingWord } from '../../api/generated/client.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Foretold } from './mapping-edit.tsx';
import type { MappingChange } from './mapping-table.ts';
import { useMappingChange } from './mapping-table.ts';

interface NewProps {
  of: Interface;
  rows: readonly Mapping[];
  version: string;
  /** What the address asks for. */
  begin: { word: string | undefined; value: string | undefined; ours: string | undefined };
  done(): void;
}

export function MappingNew({ of, rows, version, begin, done }: NewProps) {
  const { t } = useTranslation();
  const seasons = useQuery({ queryKey: ['seasons'], queryFn: () => getSeasons() }).data?.items;
  const words = Object.values(MappingWord);
  const [word, setWord] = useState(words.find((one) => one === begin.word) ?? 'tariff');
  const [season, setSeason] = useState('');
  const [ours, setOurs] = useState(begin.ours ?? '');
  const [external, setExternal] = useState<string[]>(begin.value ? [begin.value] : []);
  const [typed, setTyped] = useState('');
  const change = useMappingChange(of.id, version);
  const all = typed.trim() === '' ? external : [...external, typed.trim()];
  const asked: MappingChange | null =
    ours.trim() === '' || all.length === 0
      ? null
      : {
          kind: 'set',
          word,
          season: season === '' ? null : season,
          ours: ours.trim(),
          external: all,
          add: true,
        };
  const known = [...new Set(rows.flatMap((row) => (row.word === word ? (row.ours ?? []) : [])))];
  return (
    <Paper
      withBorder
      p="sm"
      component="form"
      onSubmit={(event) => {
        event.preventDefault();
        if (asked !== null) change.mutate(asked, { onSuccess: done });
      }}
    >
      <Group align="flex-start">
        <Select
          label={t('mappings.word')}
          data={words.map((value) => ({ value, label: t(`word.${value}`) }))}
          value={word}
          onChange={(value) => setWord(words.find((one) => one === value) ?? word)}
        />
        <Select
          label={t('mappings.season')}
          data={[
            { value: '', label: t('cases.all') },
            ...(seasons ?? []).map(({ id, code }) => ({ value: id, label: code })),
          ]}
          value={season}
          onChange={(value) => setSeason(value ?? '')}
        />
        <Autocomplete
          label={t('mappings.name')}
          data={known}
          value={ours}
          onChange={setOurs}
          required
        />
        <TagsInput
          label={t('mappings.external')}
          value={external}
          onChange={setExternal}
          searchValue={typed}
          onSearchChange={setTyped}
        />
      </Group>
      <Foretold of={of} change={asked} />
      <Group mt="sm" gap="xs">
        <Button type="submit" disabled={asked === null} loading={change.isPending}>
          {t('act.save')}
        </Button>
        <Button variant="default" onClick={done}>
          {t('act.leave')}
        </Button>
      </Group>
      <ProblemNotice error={change.error} />
    </Paper>
  );
}
