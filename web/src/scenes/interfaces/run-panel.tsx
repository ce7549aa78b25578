/** A run in full: its lines with what to do, its counts, its calls on the wire. */
import { Button, Group, Stack, Tabs, Text } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { GetRunLines200, PostInterfaceRunsBody, Run } from '../../api/generated/client.ts';
import {
  getRun,
  getRunLines,
  postInterfaceRuns,
  postInterfaceTest,
} from '../../api/generated/client.ts';
import { KEYS, useLanguage } from '../../api/reading.ts';
import { useMay } from '../../api/session.ts';
import { Counts } from '../../ui/counts.tsx';
import { LineList } from '../../ui/line-list.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useRunDrawer } from '../../ui/run-drawer.tsx';
import { TableSkeleton } from '../../ui/skeletons.tsx';
import { RunState } from '../../ui/state.tsx';
import { useFormats } from '../../words/formats.ts';
import { WireCalls } from './wire-calls.tsx';

export function RunPanel({ id, timeZone }: { id: string; timeZone: string }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const follow = useRunDrawer();
  const run = useQuery({ queryKey: [...KEYS.runs, id], queryFn: () => getRun(id) });
  const may = useMay();
  const again = useMutation({
    mutationFn: async () => (run.data === undefined ? null : startAgain(run.data)),
    onSuccess: (started) => {
      if (started !== null) follow(started.run);
    },
  });
  if (run.isPending) return <TableSkeleton />;
  if (run.isError) return <ProblemNotice error={run.error} />;
  const { number, function: what, startedAt, endedAt, state, counts, startedBy } = run.data;
  return (
    <Stack>
      <Group justify="space-between">
        <div>
          <Text fw={600}>{t(`function.${what}`)}</Text>
          <Text size="sm" c="dimmed">
            {t('run.title', { number, interface: run.data.interface.code })} ·{' '}
            {formats.instant(startedAt, timeZone)} · {startedBy}
          </Text>
        </div>
        <Group gap="sm">
          <RunState state={state} />
          {endedAt !== null && may('runs.start') ? (
            <Button variant="default" loading={again.isPending} onClick={() => again.mutate()}>
              {t('run.again')}
            </Button>
          ) : null}
          {endedAt === null ? (
            <Button variant="default" onClick={() => follow(id)}>
              {t('run.follow')}
            </Button>
          ) : null}
        </Group>
      </Group>
      <ProblemNotice error={again.error} />
      <Counts counts={counts} />
      <Tabs defaultValue="lines" keepMounted={false}>
        <Tabs.List mb="sm">
          <Tabs.Tab value="lines">{t('run.lines')}</Tabs.Tab>
          <Tabs.Tab value="calls">{t('run.calls')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="lines">
          <Lines id={id} timeZone={timeZone} />
        </Tabs.Panel>
        <Tabs.Panel value="calls">
          <WireCalls run={id} timeZone={timeZone} />
        </Tabs.Panel>
      </Tabs>
    </Stack>
  );
}

/** The same function of the same interface, limited to the same; a test of the connection too. */
function startAgain(run: Run): Promise<{ run: string }> {
  const { interface: of, function: what, limitedTo, simulation } = run;
  if (what === 'test_connection') return postInterfaceTest(of.id);
  const { performances, products, from, fromBeginning, againRefused } = limitedTo;
  const body = {
    function: what,
    simulation,
    ...(performances.length === 0 ? {} : { performances }),
    ...(products.length === 0 ? {} : { products }),
    ...(from === null ? {} : { from }),
    ...(fromBeginning ? { fromBeginning } : {}),
    ...(againRefused ? { againRefused } : {}),
  };
  // What a run was limited to is what its function takes.
  return postInterfaceRuns(of.id, body as unknown as PostInterfaceRunsBody);
}

function Lines({ id, timeZone }: { id: string; timeZone: string }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const lines = useInfiniteQuery({
    queryKey: [...KEYS.runs, id, 'lines', language],
    queryFn: ({ pageParam }) =>
      getRunLines(id, { language, ...(pageParam === null ? {} : { after: pageParam }) }),
    initialPageParam: null as string | null,
    getNextPageParam: (page: GetRunLines200) => page.next,
  });
  if (lines.isPending) return <TableSkeleton />;
  if (lines.isError) return <ProblemNotice error={lines.error} />;
  return (
    <>
      <LineList
        lines={lines.data.pages.flatMap((page) => page.items)}
        timeZone={timeZone}
        label={t('run.lines')}
      />
      {lines.hasNextPage ? (
        <Button
          variant="default"
          mt="sm"
          loading={lines.isFetchingNextPage}
          onClick={() => lines.fetchNextPage()}
        >
          {t('act.more')}
        </Button>
      ) : null}
    </>
  );
}
