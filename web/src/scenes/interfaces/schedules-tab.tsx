/** The table of the slide: fonction, dernière exécution, nom interne, programmation, état. */
import { Button, Group, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import type { TFunction } from 'i18next';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Interface, Schedule } from '../../api/generated/client.ts';
import {
  getInterfaceSchedules,
  postScheduleResume,
  postScheduleStart,
} from '../../api/generated/client.ts';
import { useLanguage } from '../../api/reading.ts';
import { useMay } from '../../api/session.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import type { SheetColumn } from '../../ui/sheet.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { TableSkeleton } from '../../ui/skeletons.tsx';
import { RunState, State } from '../../ui/state.tsx';
import type { Formats } from '../../words/formats.ts';
import { useFormats } from '../../words/formats.ts';
import { ScheduleForm } from './schedule-form.tsx';

const NEW = 'new';
const TONES = { active: 'good', inactive: 'calm', paused: 'bad' } as const;

export function SchedulesTab({ of }: { of: Interface }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const schedules = useQuery({
    queryKey: ['schedules', of.id, language],
    queryFn: () => getInterfaceSchedules(of.id, { language }),
  });
  const columns = useScheduleColumns(of);
  const may = useMay();
  const search = useSearch({ from: '/interfaces/$interface' });
  const [edited, setEdited] = useState<string | undefined>(undefined);
  if (schedules.isPending) return <TableSkeleton />;
  if (schedules.isError) return <ProblemNotice error={schedules.error} />;
  const { items } = schedules.data;
  const shown = items.find(({ id }) => id === edited) ?? null;
  return (
    <>
      {may('schedules.write') ? (
        <Button mb="sm" onClick={() => setEdited(NEW)}>
          {t('schedules.new')}
        </Button>
      ) : null}
      {may('schedules.write') && (edited === NEW || shown !== null) ? (
        <ScheduleForm key={edited} of={of} schedule={shown} done={() => setEdited(undefined)} />
      ) : null}
      {items.length === 0 ? (
        <EmptyState title={t('schedules.none')}>{t('schedules.noneWhy')}</EmptyState>
      ) : (
        <Sheet
          name="schedules"
          label={t('interfaceTab.schedules')}
          columns={columns}
          rows={items}
          keyOf={({ id }) => id}
          chosen={edited ?? search.schedule}
          {...(may('schedules.write') ? { open: ({ id }: Schedule) => setEdited(id) } : {})}
        />
      )}
    </>
  );
}

/** How a timing reads: "toutes les 4 heures", "chaque jour à 02:30". */
export function timingText(timing: Schedule['timing'], t: TFunction): string {
  if (timing === null) return t('timing.unreadable');
  switch (timing.kind) {
    case 'hours':
      return t('timing.hours', { count: timing.every });
    case 'days':
      return timing.time === undefined
        ? t('timing.days', { count: timing.every })
        : t('timing.daysAt', { count: timing.every, time: timing.time });
    case 'at':
      return t('timing.at', { time: timing.time });
    case 'cron':
      return t('timing.cron', { expression: timing.expression });
    case 'manual':
      return t('timing.manual');
  }
}

function useScheduleColumns(of: Interface): readonly SheetColumn<Schedule>[] {
  const { t } = useTranslation();
  const formats = useFormats();
  return useMemo(() => columnsOf(of, t, formats), [of, t, formats]);
}

function columnsOf(
  of: Interface,
  t: TFunction,
  formats: Formats,
): readonly SheetColumn<Schedule>[] {
  return [
    {
      id: 'function',
      head: t('schedules.function'),
      width: 200,
      cell: ({ function: what }) => t(`function.${what}`),
      sortBy: ({ function: what }) => t(`function.${what}`),
    },
    {
      id: 'last',
      head: t('schedules.last'),
      width: 210,
      cell: ({ lastRun }) =>
        lastRun === null ? (
          t('schedules.never')
        ) : (
          <>
            <Link
              to="/interfaces/$interface"
              params={{ interface: of.id }}
              search={{ tab: 'runs', run: lastRun.id }}
            >
              {formats.instant(lastRun.startedAt, of.timeZone)}
            </Link>
            <div>
              <RunState state={lastRun.state} />
            </div>
          </>
        ),
    },
    { id: 'name', head: t('schedules.name'), width: 250, cell: ({ name }) => name },
    {
      id: 'timing',
      head: t('schedules.timing'),
      width: 190,
      cell: ({ timing, nextAt }) => (
        <>
          {timingText(timing, t)}
          {nextAt === null ? null : (
            <Text size="xs" c="dimmed">
              {t('schedules.next', { at: formats.instant(nextAt, of.timeZone) })}
            </Text>
          )}
        </>
      ),
    },
    {
      id: 'state',
      head: t('schedules.state'),
      width: 140,
      cell: ({ state }) => <State tone={TONES[state]}>{t(`scheduleState.${state}`)}</State>,
    },
    {
      id: 'do',
      head: t('schedules.do'),
      width: 220,
      cell: (row) => <ScheduleButtons of={row} />,
    },
  ];
}

function ScheduleButtons({ of }: { of: Schedule }) {
  const { t } = useTranslation();
  const may = useMay();
  const client = useQueryClient();
  const onSuccess = () => client.invalidateQueries({ queryKey: ['schedules'] });
  const start = useMutation({ mutationFn: () => postScheduleStart(of.id, {}), onSuccess });
  const resume = useMutation({ mutationFn: () => postScheduleResume(of.id, {}), onSuccess });
  return (
    <>
      <Group gap="xs">
        {may('runs.start') ? (
          <Button
            variant="default"
            disabled={of.request !== null}
            loading={start.isPending}
            aria-label={t('schedules.startThis', { name: of.name })}
            onClick={() => start.mutate()}
          >
            {of.request === null ? t('schedules.start') : t('schedules.asked')}
          </Button>
        ) : null}
        {of.state === 'paused' && may('schedules.resume') ? (
          <Button
            loading={resume.isPending}
            aria-label={t('schedules.resumeThis', { name: of.name })}
            onClick={() => resume.mutate()}
          >
            {t('schedules.resume')}
          </Button>
        ) : null}
      </Group>
      <ProblemNotice error={start.error ?? resume.error} />
    </>
  );
}
