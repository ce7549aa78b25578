/** A schedule, new or changed: what runs, in which rhythm, and the next instants of that rhythm. */
import {
  Button,
  Checkbox,
  Group,
  NumberInput,
  Paper,
  Select,
  Text,
  TextInput,
} from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type {
  Interface,
  PostSchedulesForetellBodyTiming,
  Schedule,
} from '../../api/generated/client.ts';
import {
  deleteSchedule,
  getGetScheduleUrl,
  PostInterfaceSchedulesBodyFunction,
  patchSchedule,
  postInterfaceSchedules,
  postSchedulesForetell,
} from '../../api/generated/client.ts';
import { exchange } from '../../api/send.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useFormats } from '../../words/formats.ts';

const FUNCTIONS = Object.values(PostInterfaceSchedulesBodyFunction);
const KINDS = ['hours', 'days', 'at', 'cron', 'manual'] as const;
const INSTANTS = 3;

interface Draft {
  name: string;
  function: (typeof FUNCTIONS)[number];
  kind: (typeof KINDS)[number];
  every: number;
  time: string;
  expression: string;
  active: boolean;
}

interface FormProps {
  of: Interface;
  /** Null: a new one. */
  schedule: Schedule | null;
  done(): void;
}

export function ScheduleForm({ of, schedule, done }: FormProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [draft, setDraft] = useState<Draft>(() => draftOf(schedule));
  const version = useVersion(schedule);
  const onSuccess = async (): Promise<void> => {
    await client.invalidateQueries({ queryKey: ['schedules'] });
    done();
  };
  const headers = { 'if-match': version ?? '*' };
  const save = useMutation({
    mutationFn: () => {
      const body = { ...draft, timing: timingOf(draft) };
      const { name, function: what, timing, active } = body;
      const said = { name, function: what, timing, active };
      if (schedule === null) return postInterfaceSchedules(of.id, said);
      return patchSchedule(schedule.id, said, {}, { headers });
    },
    onSuccess,
  });
  const remove = useMutation({
    mutationFn: () => deleteSchedule(schedule?.id ?? '', { headers }),
    onSuccess,
  });
  return (
    <Paper
      withBorder
      p="sm"
      mb="sm"
      component="form"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <ScheduleFields draft={draft} set={(part) => setDraft({ ...draft, ...part })} />
      <NextInstants draft={draft} schedule={schedule} />
      <Group mt="sm" gap="xs">
        <Button type="submit" loading={save.isPending}>
          {t('act.save')}
        </Button>
        <Button variant="default" onClick={done}>
          {t('act.leave')}
        </Button>
        {schedule === null ? null : (
          <Button variant="default" loading={remove.isPending} onClick={() => remove.mutate()}>
            {t('schedules.remove', { name: schedule.name })}
          </Button>
        )}
      </Group>
      <ProblemNotice error={save.error ?? remove.error} />
    </Paper>
  );
}

/** What If-Match says; undefined until it is read. */
function useVersion(schedule: Schedule | null): string | undefined {
  const found = useQuery({
    queryKey: ['schedules', 'version', schedule?.id, schedule?.version],
    queryFn: async () =>
      (await exchange(getGetScheduleUrl(schedule?.id ?? ''), {})).headers.get('etag'),
    enabled: schedule !== null,
  });
  return found.data ?? undefined;
}

function ScheduleFields({ draft, set }: { draft: Draft; set(part: Partial<Draft>): void }) {
  const { t } = useTranslation();
  return (
    <Group align="flex-end">
      <TextInput
        label={t('schedules.name')}
        required
        value={draft.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      <Select
        label={t('schedules.function')}
        data={FUNCTIONS.map((value) => ({ value, label: t(`function.${value}`) }))}
        value={draft.function}
        onChange={(value) =>
          set({ function: FUNCTIONS.find((one) => one === value) ?? 'integrate' })
        }
      />
      <Select
        label={t('schedules.timing')}
        data={KINDS.map((value) => ({ value, label: t(`rhythm.${value}`) }))}
        value={draft.kind}
        onChange={(value) => set({ kind: KINDS.find((one) => one === value) ?? 'manual' })}
      />
      {draft.kind === 'hours' || draft.kind === 'days' ? (
        <NumberInput
          label={t(`rhythmCount.${draft.kind}`)}
          min={1}
          max={1_000}
          value={draft.every}
          onChange={(value) => set({ every: Number(value) || 1 })}
        />
      ) : null}
      {draft.kind === 'days' || draft.kind === 'at' ? (
        <TextInput
          label={t('schedules.time')}
          type="time"
          required={draft.kind === 'at'}
          value={draft.time}
          onChange={(event) => set({ time: event.currentTarget.value })}
        />
      ) : null}
      {draft.kind === 'cron' ? (
        <TextInput
          label={t('schedules.expression')}
          required
          value={draft.expression}
          onChange={(event) => set({ expression: event.currentTarget.value })}
        />
      ) : null}
      <Checkbox
        label={t('schedules.active')}
        checked={draft.active}
        onChange={(event) => set({ active: event.currentTarget.checked })}
      />
    </Group>
  );
}

function NextInstants({ draft, schedule }: { draft: Draft; schedule: Schedule | null }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const timing = timingOf(draft);
  const isReady = draft.kind !== 'manual' && (draft.kind !== 'at' || draft.time !== '');
  const foretold = useQuery({
    queryKey: ['schedules', 'foretold', timing, schedule?.id],
    queryFn: () =>
      postSchedulesForetell({
        timing,
        count: INSTANTS,
        ...(schedule === null ? {} : { schedule: schedule.id }),
      }),
    enabled: isReady && (draft.kind !== 'cron' || draft.expression !== ''),
    retry: false,
  });
  if (!isReady || foretold.data === undefined) return <ProblemNotice error={foretold.error} />;
  const { instants, timeZone } = foretold.data;
  return (
    <Text size="sm" c="dimmed" mt="xs" role="status">
      {t('schedules.foretold', {
        instants: instants.map((one) => formats.instant(one, timeZone)).join(' · '),
      })}
    </Text>
  );
}

function draftOf(schedule: Schedule | null): Draft {
  const timing = schedule?.timing ?? null;
  const known = FUNCTIONS.find((one) => one === schedule?.function);
  return {
    name: schedule?.name ?? '',
    function: known ?? 'integrate',
    kind: timing?.kind ?? 'hours',
    every: timing !== null && 'every' in timing ? timing.every : 4,
    time: timing !== null && 'time' in timing ? (timing.time ?? '') : '',
    expression: timing?.kind === 'cron' ? timing.expression : '',
    active: schedule === null || schedule.state !== 'inactive',
  };
}

function timingOf(draft: Draft): PostSchedulesForetellBodyTiming {
  const { kind, every, time, expression } = draft;
  switch (kind) {
    case 'hours':
      return { kind, every };
    case 'days':
      return time === '' ? { kind, every } : { kind, every, time };
    case 'at':
      return { kind, time };
    case 'cron':
      return { kind, expression };
    case 'manual':
      return { kind };
  }
}
