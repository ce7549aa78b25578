/** One interface: Général, Correspondances, Programmations, Exécutions, as the slides have them. */
import { Button, Group, Tabs } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Interface } from '../../api/generated/client.ts';
import { getInterface, postInterfaceRuns, postInterfaceTest } from '../../api/generated/client.ts';
import { KEYS, useLanguage } from '../../api/reading.ts';
import { useMay } from '../../api/session.ts';
import { nameOf } from '../../ui/names.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useRunDrawer } from '../../ui/run-drawer.tsx';
import { SceneHead } from '../../ui/scene.tsx';
import { SceneSkeleton } from '../../ui/skeletons.tsx';
import { GeneralTab } from './general-tab.tsx';
import { MappingsTab } from './mappings-tab.tsx';
import { RunsTab } from './runs-tab.tsx';
import { SchedulesTab } from './schedules-tab.tsx';

const TABS = ['general', 'mappings', 'schedules', 'runs'] as const;

export function InterfaceScene() {
  const { interface: id } = useParams({ from: '/interfaces/$interface' });
  const found = useQuery({
    queryKey: [...KEYS.interfaces, id],
    queryFn: () => getInterface(id),
  });
  if (found.isPending) return <SceneSkeleton />;
  if (found.isError) return <ProblemNotice error={found.error} />;
  return <ShownInterface of={found.data} />;
}

function ShownInterface({ of }: { of: Interface }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const search = useSearch({ from: '/interfaces/$interface' });
  const navigate = useNavigate({ from: '/interfaces/$interface' });
  const tab = TABS.find((one) => one === search.tab) ?? 'general';
  return (
    <>
      <SceneHead title={t('interface.title', { name: nameOf(of, language) })}>
        <StartButtons of={of} />
      </SceneHead>
      <Tabs
        value={tab}
        keepMounted={false}
        onChange={(next) => navigate({ search: { tab: next ?? undefined } })}
      >
        <Tabs.List mb="md">
          {TABS.map((one) => (
            <Tabs.Tab key={one} value={one}>
              {t(`interfaceTab.${one}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="general">
          <GeneralTab of={of} />
        </Tabs.Panel>
        <Tabs.Panel value="mappings">
          <MappingsTab of={of} />
        </Tabs.Panel>
        <Tabs.Panel value="schedules">
          <SchedulesTab of={of} />
        </Tabs.Panel>
        <Tabs.Panel value="runs">
          <RunsTab of={of} />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}

/** What is done most: the connection, and the sales of this moment. */
function StartButtons({ of }: { of: Interface }) {
  const { t } = useTranslation();
  const may = useMay();
  const open = useRunDrawer();
  const test = useMutation({
    mutationFn: () => postInterfaceTest(of.id),
    onSuccess: ({ run }) => open(run),
  });
  const integrate = useMutation({
    mutationFn: () => postInterfaceRuns(of.id, { function: 'integrate' }),
    onSuccess: ({ run }) => open(run),
  });
  return (
    <>
      <Group gap="xs">
        {may('interfaces.test') ? (
          <Button variant="default" loading={test.isPending} onClick={() => test.mutate()}>
            {t('interface.test')}
          </Button>
        ) : null}
        {may('runs.start') ? (
          <Button loading={integrate.isPending} onClick={() => integrate.mutate()}>
            {t('interface.integrate')}
          </Button>
        ) : null}
      </Group>
      <ProblemNotice error={test.error ?? integrate.error} />
    </>
  );
}
