/** The reseller's values of a row, edited where they stand: chips, and what saving would free. */
import { Badge, Button, Group, Stack, TagsInput, Text } from '@mantine/core';
import type { KeyboardEvent } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Interface, Mapping } from '../../api/generated/client.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import type { MappingChange } from './mapping-table.ts';
import { useForetoldMapping, useMappingChange } from './mapping-table.ts';

export function Chips({ of }: { of: readonly string[] }) {
  return (
    <Group gap={4}>
      {of.map((value) => (
        <Badge key={value} variant="default" radius="sm" tt="none">
          {value}
        </Badge>
      ))}
    </Group>
  );
}

interface EditProps {
  of: Interface;
  row: Mapping;
  version: string;
  /** Leaves the row; `next`: for the one below. */
  leave(next: boolean): void;
}

/** Enter saves, Tab saves and goes to the next row, Escape leaves all as it was. */
export function MappingEdit({ of, row, version, leave }: EditProps) {
  const { t } = useTranslation();
  const [values, setValues] = useState<string[]>([...row.external]);
  const [typed, setTyped] = useState('');
  const change = useMappingChange(of.id, version);
  const all = typed.trim() === '' ? values : [...values, typed.trim()];
  const isSame = all.join('\n') === row.external.join('\n');
  const asked = isSame || all.length === 0 ? null : setTo(row, all);
  const save = (next: boolean): void => {
    if (asked === null) leave(next);
    else change.mutate(asked, { onSuccess: () => leave(next) });
  };
  const press = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') leave(false);
    else if (event.key === 'Enter' && typed.trim() === '') save(false);
    else if (event.key === 'Tab' && !event.shiftKey && event.target instanceof HTMLInputElement) {
      save(true);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const remove = (): void =>
    change.mutate({ kind: 'remove', mappings: [row.id] }, { onSuccess: () => leave(false) });
  return (
    <div onKeyDownCapture={press}>
      <Stack gap={4}>
        <TagsInput
          aria-label={t('mappings.valuesOf', { ours: row.ours ?? t('mappings.notOurs') })}
          value={values}
          onChange={setValues}
          searchValue={typed}
          onSearchChange={setTyped}
          autoFocus
          size="xs"
        />
        <Foretold of={of} change={asked} />
        <Group gap={4}>
          <Button size="compact-sm" loading={change.isPending} onClick={() => save(false)}>
            {t('act.save')}
          </Button>
          <Button size="compact-sm" variant="default" onClick={() => leave(false)}>
            {t('act.leave')}
          </Button>
          <Button size="compact-sm" variant="default" color="red" onClick={remove}>
            {t('act.delete')}
          </Button>
        </Group>
        <ProblemNotice error={change.error} />
      </Stack>
    </div>
  );
}

function setTo(row: Mapping, external: string[]): MappingChange {
  const { word, season, ours } = row;
  if (ours === null) return { kind: 'not_ours', word, season, external };
  return { kind: 'set', word, season, ours, external, add: false };
}

/** How many messages the change would free. */
export function Foretold({ of, change }: { of: Interface; change: MappingChange | null }) {
  const { t } = useTranslation();
  const foretold = useForetoldMapping(of.id, change);
  if (change === null) return null;
  if (foretold.isError) return <ProblemNotice error={foretold.error} />;
  return (
    <Text size="xs" c="dimmed" role="status">
      {foretold.data === undefined
        ? t('case.foretelling')
        : t('mappings.frees', { count: foretold.data.freed })}
    </Text>
  );
}
