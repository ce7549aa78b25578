/** All that ever happened to a seat, the newest first. */
import { Anchor, Stack, Text, Timeline } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { getPerformanceSeat } from '../../api/generated/client.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useRunDrawer } from '../../ui/run-drawer.tsx';
import { TableSkeleton } from '../../ui/skeletons.tsx';
import { useFormats } from '../../words/formats.ts';

export function SeatStoryPanel({ performance, seat }: { performance: string; seat: string }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const open = useRunDrawer();
  const found = useQuery({
    queryKey: ['seat', performance, seat],
    queryFn: () => getPerformanceSeat(performance, seat),
  });
  if (found.isError) return <ProblemNotice error={found.error} />;
  if (found.data === undefined) return <TableSkeleton />;
  const { name, tickets, cases, movements, refused, ownReference } = found.data;
  return (
    <Stack gap="xs">
      <Text fw={600} size="sm">
        {name}
      </Text>
      {tickets.map((ticket) => (
        <Text size="sm" key={ticket.id}>
          <Link to="/orders/$order" params={{ order: ticket.order }} search={{ ticket: ticket.id }}>
            {t('plan.ticket', { number: ticket.number })}
          </Link>{' '}
          · {t(`ticketState.${ticket.state}`)}
        </Text>
      ))}
      {cases.map(({ id }) => (
        <Link key={id} to="/cases" search={{ case: id }}>
          {t('line.case')}
        </Link>
      ))}
      {ownReference === null ? null : (
        <Text size="sm">{t('plan.own', { reference: ownReference })}</Text>
      )}
      {refused === null ? null : (
        <Text size="sm">{t('plan.refusedAt', { at: formats.instant(refused.at) })}</Text>
      )}
      {movements.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('plan.noStory')}
        </Text>
      ) : (
        <Timeline bulletSize={10} lineWidth={2}>
          {movements.toReversed().map(({ kind, at, interface: of, contingent, run }) => (
            <Timeline.Item
              key={`${at} ${kind} ${run}`}
              title={<Text size="sm">{t(`movement.${kind}`)}</Text>}
            >
              <Text size="xs" c="dimmed">
                {[formats.instant(at), contingent, of].filter(Boolean).join(' · ')}
              </Text>
              {run === null ? null : (
                <Anchor component="button" size="xs" onClick={() => open(run)}>
                  {t('resellers.log')}
                </Anchor>
              )}
            </Timeline.Item>
          ))}
        </Timeline>
      )}
    </Stack>
  );
}
