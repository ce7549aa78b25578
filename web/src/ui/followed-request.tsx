/** What was asked of the workers, until it has ended: whom it waits for, then its run. */
import { Button, Group, Paper, Progress, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import {
  getRunRequestsRequest,
  postRunCancel,
  postRunRequestsRequestWithdraw,
} from '../api/generated/client.ts';
import { useMay } from '../api/session.ts';
import { Counts } from './counts.tsx';
import { ProblemNotice } from './problem-notice.tsx';
import { useRunDrawer } from './run-drawer.tsx';
import { RunState, State } from './state.tsx';
import { useRunEvents } from './use-run-events.ts';

const WAITS_MS = 1_000;

export function FollowedRequest({ id, ended }: { id: string; ended(): void }) {
  const { t } = useTranslation();
  const may = useMay();
  const asked = useQuery({
    queryKey: ['run-requests', id],
    queryFn: () => getRunRequestsRequest(id),
    refetchInterval: ({ state }) => (state.data?.state === 'waits' ? WAITS_MS : false),
  });
  const withdraw = useMutation({
    mutationFn: () => postRunRequestsRequestWithdraw(id, {}),
    onSuccess: () => void asked.refetch(),
  });
  const { data } = asked;
  if (data === undefined) return <ProblemNotice error={asked.error} />;
  const what = `${t(`function.${data.function}`)} · ${data.interface.reseller}`;
  return (
    <Paper withBorder p="sm" role="status">
      {data.run === null ? (
        <Group justify="space-between">
          <Text size="sm">{what}</Text>
          <Group gap="sm">
            <State tone="busy">{waitingText()}</State>
            {data.state === 'waits' && may('runs.cancel') ? (
              <Button
                variant="default"
                loading={withdraw.isPending}
                onClick={() => withdraw.mutate()}
              >
                {t('resellers.withdraw')}
              </Button>
            ) : null}
          </Group>
        </Group>
      ) : (
        <FollowedRun what={what} run={data.run.id} ended={ended} />
      )}
      <ProblemNotice error={withdraw.error} />
    </Paper>
  );

  function waitingText(): string {
    if (data?.state !== 'waits') return t(`resellers.request.${data?.state ?? 'waits'}`);
    return data.waitsFor === null
      ? t('resellers.request.waits')
      : t('resellers.request.waitsFor', { number: data.waitsFor.number });
  }
}

export function FollowedRun({
  what,
  run: id,
  ended,
}: {
  what: string;
  run: string;
  ended(): void;
}) {
  const { t } = useTranslation();
  const may = useMay();
  const open = useRunDrawer();
  const { run } = useRunEvents(id);
  const stop = useMutation({ mutationFn: () => postRunCancel(id) });
  const isOver = run !== null && run.endedAt !== null;
  const tell = useRef(ended);
  tell.current = ended;
  useEffect(() => {
    if (isOver) tell.current();
  }, [isOver]);
  const { done = null, total = null } = run?.progress ?? {};
  return (
    <>
      <Group justify="space-between" mb="xs">
        <Text size="sm">{what}</Text>
        <Group gap="sm">
          {run === null ? null : <RunState state={run.state} />}
          {!isOver && may('runs.cancel') ? (
            <Button
              variant="default"
              loading={stop.isPending || stop.isSuccess}
              onClick={() => stop.mutate()}
            >
              {t('run.stop')}
            </Button>
          ) : null}
          <Button variant="subtle" onClick={() => open(id)}>
            {t('resellers.log')}
          </Button>
        </Group>
      </Group>
      {isOver || done === null || total === null || total === 0 ? null : (
        <Progress value={(100 * done) / total} aria-label={what} mb="xs" />
      )}
      {run === null ? null : <Counts counts={run.counts} />}
      <ProblemNotice error={stop.error} />
    </>
  );
}
