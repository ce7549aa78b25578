/**
 * The drawer of a run, over whatever scene one is in: its progress and lines as they come, stop,
 * and where its whole log is. `useRunDrawer()(run)` opens it.
 */
import { Button, Drawer, Group, Progress, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { createContext, useContext, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Run } from '../api/generated/client.ts';
import { postRunCancel } from '../api/generated/client.ts';
import { useMay } from '../api/session.ts';
import { useFormats } from '../words/formats.ts';
import { Counts } from './counts.tsx';
import { LineList } from './line-list.tsx';
import { ProblemNotice } from './problem-notice.tsx';
import { TableSkeleton } from './skeletons.tsx';
import { RunState } from './state.tsx';
import { useRunEvents } from './use-run-events.ts';

const OpenRun = createContext<(run: string) => void>(() => {});

/** Opens the drawer on a run, by its id. */
export function useRunDrawer(): (run: string) => void {
  return useContext(OpenRun);
}

export function RunDrawerProvider({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [run, setRun] = useState<string | null>(null);
  return (
    <OpenRun value={setRun}>
      {children}
      <Drawer
        opened={run !== null}
        onClose={() => {
          setRun(null);
          // What the run did shows wherever one goes on.
          void client.invalidateQueries();
        }}
        title={t('run.drawer')}
        closeButtonProps={{ 'aria-label': t('act.close') }}
      >
        {run === null ? null : <FollowedRun key={run} id={run} />}
      </Drawer>
    </OpenRun>
  );
}

function FollowedRun({ id }: { id: string }) {
  const { t } = useTranslation();
  const { run, lines, isLost } = useRunEvents(id);
  if (run === null) return <TableSkeleton />;
  return (
    <Stack>
      <RunTitle run={run} />
      <RunProgress run={run} />
      {isLost ? <Text c="dimmed">{t('run.lost')}</Text> : null}
      <Counts counts={run.counts} />
      <LineList lines={lines} timeZone={undefined} label={t('run.lines')} />
    </Stack>
  );
}

function RunTitle({ run }: { run: Run }) {
  const { t } = useTranslation();
  const may = useMay();
  const stop = useMutation({ mutationFn: () => postRunCancel(run.id) });
  return (
    <>
      <Group justify="space-between" align="center">
        <div>
          <Text fw={600}>{t(`function.${run.function}`)}</Text>
          <Text size="sm" c="dimmed">
            {t('run.title', { number: run.number, interface: run.interface.code })}
            {run.simulation ? ` · ${t('run.simulation')}` : ''}
          </Text>
        </div>
        <Group gap="sm">
          <RunState state={run.state} />
          {run.endedAt === null && may('runs.cancel') ? (
            <Button
              variant="default"
              loading={stop.isPending || stop.isSuccess}
              onClick={() => stop.mutate()}
            >
              {t('run.stop')}
            </Button>
          ) : null}
        </Group>
      </Group>
      <ProblemNotice error={stop.error} />
    </>
  );
}

function RunProgress({ run }: { run: Run }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { done, total } = run.progress;
  if (run.endedAt !== null || done === null) return null;
  const label =
    total === null ? formats.count(done) : `${formats.count(done)} / ${formats.count(total)}`;
  return (
    <div role="status">
      <Text size="sm">{t('run.progress', { done: label })}</Text>
      {total === null || total === 0 ? null : (
        <Progress value={(100 * done) / total} aria-label={t('run.progress', { done: label })} />
      )}
    </div>
  );
}
