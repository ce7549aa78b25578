/** One performance: its external resellers, and its plan. */
import { Group, Tabs, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import type { Performance } from '../../api/generated/client.ts';
import { getPerformance } from '../../api/generated/client.ts';
import { KEYS, useLanguage } from '../../api/reading.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { SceneHead } from '../../ui/scene.tsx';
import { SceneSkeleton, TableSkeleton } from '../../ui/skeletons.tsx';
import { useFormats } from '../../words/formats.ts';
import { PerformanceState } from './performance-state.tsx';
import { ResellersTab } from './resellers-tab.tsx';

// The plan brings its renderer along: only for who opens it.
const PlanTab = lazy(() => import('./plan-tab.tsx').then(({ PlanTab: tab }) => ({ default: tab })));

export function ResellersScene() {
  return <PerformanceScene tab="resellers" />;
}

export function PlanScene() {
  return <PerformanceScene tab="plan" />;
}

function PerformanceScene({ tab }: { tab: 'resellers' | 'plan' }) {
  const { performance: id } = useParams({ strict: false });
  const language = useLanguage();
  const found = useQuery({
    queryKey: [...KEYS.performances, id, language],
    queryFn: () => getPerformance(id ?? '', { language }),
  });
  if (found.isPending) return <SceneSkeleton />;
  if (found.isError) return <ProblemNotice error={found.error} />;
  return <Shown of={found.data} tab={tab} />;
}

function Shown({ of, tab }: { of: Performance; tab: 'resellers' | 'plan' }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const navigate = useNavigate();
  const start = formats.localStart(of.localStart);
  return (
    <>
      <SceneHead title={t('performance.title', { product: of.product.code, start })}>
        <Group gap="sm">
          <PerformanceState state={of.state} />
          <Text size="sm" c="dimmed">
            {of.configuration.code}
          </Text>
        </Group>
      </SceneHead>
      <Tabs
        value={tab}
        keepMounted={false}
        onChange={(next) =>
          void navigate({
            to:
              next === 'plan'
                ? '/performances/$performance/plan'
                : '/performances/$performance/resellers',
            params: { performance: of.id },
          })
        }
      >
        <Tabs.List mb="md">
          <Tabs.Tab value="resellers">{t('performanceTab.resellers')}</Tabs.Tab>
          <Tabs.Tab value="plan">{t('performanceTab.plan')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="resellers">
          <ResellersTab performance={of} />
        </Tabs.Panel>
        <Tabs.Panel value="plan">
          <Suspense fallback={<TableSkeleton />}>
            <PlanTab performance={of.id} />
          </Suspense>
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
