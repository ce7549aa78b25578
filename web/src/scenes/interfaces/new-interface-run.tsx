/** The last step: a first run that writes nothing, followed here, and the mappings it asks for. */
import { Button, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Interface } from '../../api/generated/client.ts';
import { getInterface, postInterfaceRuns } from '../../api/generated/client.ts';
import { KEYS } from '../../api/reading.ts';
import { Counts } from '../../ui/counts.tsx';
import { LineList } from '../../ui/line-list.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { TableSkeleton } from '../../ui/skeletons.tsx';
import { RunState } from '../../ui/state.tsx';
import { useRunEvents } from '../../ui/use-run-events.ts';
import { MappingQueue } from './mapping-queue.tsx';

export function FirstRunStep({ of: id }: { of: string }) {
  const found = useQuery({ queryKey: [...KEYS.interfaces, id], queryFn: () => getInterface(id) });
  if (found.isError) return <ProblemNotice error={found.error} />;
  return found.isPending ? <TableSkeleton /> : <FirstRun of={found.data} />;
}

function FirstRun({ of }: { of: Interface }) {
  const { t } = useTranslation();
  const start = useMutation({
    mutationFn: () => postInterfaceRuns(of.id, { function: 'integrate', simulation: true }),
  });
  return (
    <Stack>
      <Title order={2}>{t('newInterface.step.run')}</Title>
      <Text size="sm">{t('newInterface.runWhy')}</Text>
      <div>
        <Button loading={start.isPending} onClick={() => start.mutate()}>
          {t(start.data === undefined ? 'newInterface.start' : 'newInterface.again')}
        </Button>
      </div>
      <ProblemNotice error={start.error} />
      {start.data === undefined ? null : (
        <FollowedHere key={start.data.run} of={of} run={start.data.run} />
      )}
      <MappingQueue of={of} />
      <Link to="/interfaces/$interface" params={{ interface: of.id }} search={{ tab: 'mappings' }}>
        {t('newInterface.toMappings')}
      </Link>
    </Stack>
  );
}

function FollowedHere({ of, run: id }: { of: Interface; run: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { run, lines } = useRunEvents(id);
  const isOver = run !== null && run.endedAt !== null;
  useEffect(() => {
    // Values that the run met without a mapping wait in the queue below.
    if (isOver) void client.invalidateQueries({ queryKey: ['mappings', of.id] });
  }, [isOver, client, of.id]);
  if (run === null) return <TableSkeleton />;
  return (
    <section aria-label={t('run.drawer')}>
      <div role="status">
        <RunState state={run.state} />
      </div>
      <Counts counts={run.counts} />
      <LineList lines={lines} timeZone={of.timeZone} label={t('run.lines')} />
    </section>
  );
}
