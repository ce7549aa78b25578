/** *Ready to sell?*: what is missing first, each with what to do and where. */
import { Button, Code, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ReadyFinding, SellingRow } from '../../api/generated/client.ts';
import { PathLink } from '../../ui/path-link.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { TableSkeleton } from '../../ui/skeletons.tsx';
import { State } from '../../ui/state.tsx';
import { useFindings } from './selling-reading.ts';

export function Findings({ row, name }: { row: SellingRow; name: string }) {
  const { t } = useTranslation();
  const found = useFindings(row);
  return (
    <Stack>
      <Text fw={600}>{name}</Text>
      <ProblemNotice error={found.error} />
      {found.isPending ? <TableSkeleton /> : null}
      {found.isSuccess && found.rows.length === 0 ? (
        <State tone="good">{t('selling.isReady')}</State>
      ) : null}
      <Stack component="ol" gap="md" p={0} m={0} style={{ listStyle: 'none' }}>
        {found.rows.map((one, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a list that is read, not changed.
          <li key={index}>
            <Finding of={one} />
          </li>
        ))}
      </Stack>
      {found.hasNextPage ? (
        <Button
          variant="default"
          loading={found.isFetchingNextPage}
          onClick={() => void found.fetchNextPage()}
        >
          {t('act.more')}
        </Button>
      ) : null}
    </Stack>
  );
}

function Finding({ of }: { of: ReadyFinding }) {
  const { t } = useTranslation();
  const isMissing = of.level === 'missing';
  const dates = of.performances.map(({ name }) => name);
  const more = of.performanceCount - dates.length;
  return (
    <>
      <State tone={isMissing ? 'bad' : 'warn'}>
        {`${t(isMissing ? 'selling.stops' : 'selling.toKnow')} · ${t(`class.${of.class}`)}`}
      </State>
      <Text size="sm">{of.text}</Text>
      {dates.length > 1 ? (
        <Text size="xs" c="dimmed">
          {dates.join(', ')}
          {more > 0 ? ` ${t('selling.andMore', { count: more })}` : ''}
        </Text>
      ) : null}
      <PathLink path={of.remedy.path}>{t(`remedyScreen.${of.remedy.screen}`)}</PathLink>
      {of.remedy.command === null ? null : (
        <Text size="xs" c="dimmed">
          {t('selling.command')} <Code>{of.remedy.command}</Code>
        </Text>
      )}
    </>
  );
}
