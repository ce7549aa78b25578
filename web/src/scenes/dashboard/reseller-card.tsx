/** A reseller at a glance: what waits, the last run and the next one. */
import { Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Interface } from '../../api/generated/client.ts';
import { getInterfaceSchedules } from '../../api/generated/client.ts';
import { useCases, useLanguage, useRuns } from '../../api/reading.ts';
import { nameOf } from '../../ui/names.ts';
import { RunState, State } from '../../ui/state.tsx';
import { useFormats } from '../../words/formats.ts';

export function ResellerCard({ of }: { of: Interface }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const formats = useFormats();
  const cases = useCases({ interface: of.id, state: 'open' }, 1);
  const roots = cases.count?.roots ?? 0;
  const followers = cases.count?.followers ?? 0;
  return (
    <Paper withBorder p="md" component="article">
      <Group justify="space-between" wrap="nowrap" align="baseline" mb="sm">
        <Title order={2}>
          <Link to="/interfaces/$interface" params={{ interface: of.id }}>
            {nameOf(of, language)}
          </Link>
        </Title>
        <Text c="dimmed">{of.reseller}</Text>
      </Group>
      <Stack gap="xs">
        <Group gap="xs" align="baseline">
          <State tone={roots === 0 ? 'good' : 'bad'}>
            {roots === 0 ? t('dashboard.nothing') : t('dashboard.roots', { count: roots })}
          </State>
          {followers === 0 ? null : (
            <Text size="sm" c="dimmed">
              {t('dashboard.followers', { count: followers, shown: formats.count(followers) })}
            </Text>
          )}
          {roots === 0 ? null : (
            <Link to="/cases" search={{ interface: of.id }}>
              {t('dashboard.toCases')}
            </Link>
          )}
        </Group>
        <LastRun of={of} />
        <NextRun of={of} />
      </Stack>
    </Paper>
  );
}

function LastRun({ of }: { of: Interface }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const last = useRuns({ interface: of.id }, 1).rows[0];
  if (last === undefined) return <Text c="dimmed">{t('dashboard.noRun')}</Text>;
  return (
    <Group gap="xs" align="baseline">
      <Text size="sm">{t('dashboard.lastRun')}</Text>
      <Link
        to="/interfaces/$interface"
        params={{ interface: of.id }}
        search={{ tab: 'runs', run: last.id }}
      >
        {t(`function.${last.function}`)}
      </Link>
      <RunState state={last.state} />
      <Text size="sm" c="dimmed">
        {formats.since(last.startedAt)}
      </Text>
    </Group>
  );
}

function NextRun({ of }: { of: Interface }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const language = useLanguage();
  const schedules = useQuery({
    queryKey: ['schedules', of.id, language],
    queryFn: () => getInterfaceSchedules(of.id, { language }),
  });
  const planned = (schedules.data?.items ?? [])
    .flatMap(({ name, nextAt }) => (nextAt === null ? [] : [{ name, nextAt }]))
    .toSorted((a, b) => a.nextAt.localeCompare(b.nextAt));
  const paused = (schedules.data?.items ?? []).filter(({ state }) => state === 'paused');
  const next = planned[0];
  return (
    <>
      {next === undefined ? null : (
        <Text size="sm">
          {t('dashboard.nextRun', {
            name: next.name,
            at: formats.instant(next.nextAt, of.timeZone),
          })}
        </Text>
      )}
      {paused.map(({ id, name }) => (
        <State key={id} tone="bad">
          {t('dashboard.paused', { name })}
        </State>
      ))}
    </>
  );
}
