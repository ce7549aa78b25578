/** What is wrong, and what comes: per reseller and for the next performances, with links. */
import { SimpleGrid, Stack, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useInterfaces } from '../../api/reading.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { SceneHead } from '../../ui/scene.tsx';
import { TableSkeleton } from '../../ui/skeletons.tsx';
import { NextPerformances } from './next-performances.tsx';
import { ResellerCard } from './reseller-card.tsx';
import { WaitingRoots } from './waiting-roots.tsx';

export function DashboardScene() {
  const { t } = useTranslation();
  const interfaces = useInterfaces();
  const shown = interfaces.data?.items.filter(({ status }) => status === 'visible') ?? [];
  return (
    <>
      <SceneHead title={t('nav.dashboard')} />
      <Stack gap="xl">
        <ProblemNotice error={interfaces.error} />
        {interfaces.isPending ? <TableSkeleton /> : null}
        {interfaces.isSuccess && shown.length === 0 ? (
          <EmptyState
            title={t('dashboard.empty')}
            action={<Link to="/interfaces">{t('dashboard.emptyLink')}</Link>}
          >
            {t('dashboard.emptyWhy')}
          </EmptyState>
        ) : null}
        <SimpleGrid cols={{ base: 1, md: 2, xl: 3 }}>
          {shown.map((one) => (
            <ResellerCard key={one.id} of={one} />
          ))}
        </SimpleGrid>
        <section>
          <Title order={2} mb="sm">
            {t('dashboard.waiting')}
          </Title>
          <WaitingRoots />
        </section>
        <section>
          <Title order={2} mb="sm">
            {t('dashboard.performances')}
          </Title>
          <NextPerformances />
        </section>
      </Stack>
    </>
  );
}
