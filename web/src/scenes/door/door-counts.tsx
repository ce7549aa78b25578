/** How many each door awaits and has let in, as it stands. */
import { Progress, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { DoorPerformance } from '../../api/generated/client.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { TableSkeleton } from '../../ui/skeletons.tsx';
import { useFormats } from '../../words/formats.ts';
import { PerformanceState } from '../performances/performance-state.tsx';

interface CountsProps {
  performances: readonly DoorPerformance[];
  isLoading: boolean;
}

export function DoorCounts({ performances, isLoading }: CountsProps) {
  const { t } = useTranslation();
  return (
    <section aria-label={t('door.performances')}>
      <Title order={2} mb="xs">
        {t('door.performances')}
      </Title>
      {isLoading ? <TableSkeleton /> : null}
      {!isLoading && performances.length === 0 ? (
        <EmptyState title={t('door.none')}>{t('door.noneWhy')}</EmptyState>
      ) : null}
      <Stack component="ul" className="plain-list" gap="md">
        {performances.map((one) => (
          <OneDoor key={one.id} of={one} />
        ))}
      </Stack>
    </section>
  );
}

function OneDoor({ of }: { of: DoorPerformance }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const all = of.awaited + of.entered;
  const share = all === 0 ? 0 : (of.entered * 100) / all;
  const name = `${formats.localStart(of.localStart)} · ${of.productName}`;
  return (
    <li>
      <Text fw={600}>{name}</Text>
      <PerformanceState state={of.state} />
      <Progress.Root size="md" my={4}>
        <Progress.Section value={share} aria-label={name} />
      </Progress.Root>
      <Text size="sm">
        {[
          t('door.entered', { count: of.entered, shown: formats.count(of.entered) }),
          t('door.awaited', { count: of.awaited, shown: formats.count(of.awaited) }),
          ...(of.refused === 0
            ? []
            : [t('door.refused', { count: of.refused, shown: formats.count(of.refused) })]),
        ].join(' · ')}
      </Text>
    </li>
  );
}
