/** One pending account: its months, its ledger, its statements, and what payments settled. */
import { Button, Group, Stack, Tabs, Text } from '@mantine/core';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountInFull } from '../../api/generated/client.ts';
import { useMay } from '../../api/session.ts';
import type { AccountSearch } from '../../routes.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { SceneHead } from '../../ui/scene.tsx';
import { SceneSkeleton } from '../../ui/skeletons.tsx';
import { useFormats } from '../../words/formats.ts';
import { useAccount } from './accounts-reading.ts';
import { AccountingExport } from './accounts-scene.tsx';
import { BalanceBar } from './balance-bar.tsx';
import { CeilingDialog } from './ceiling-dialog.tsx';
import { EntriesTab } from './entries-tab.tsx';
import { EntryDialog } from './entry-dialog.tsx';
import { MatchesTab } from './matches-tab.tsx';
import { MonthsTab } from './months-tab.tsx';
import { StatementsTab } from './statements-tab.tsx';

const TABS = ['months', 'entries', 'statements', 'matches'] as const;

export function AccountScene() {
  const { account: id } = useParams({ from: '/accounts/$account' });
  const found = useAccount(id);
  if (found.isPending) return <SceneSkeleton />;
  if (found.isError) return <ProblemNotice error={found.error} />;
  return <Shown of={found.data} />;
}

function Shown({ of }: { of: AccountInFull }) {
  const { t } = useTranslation();
  const may = useMay();
  const navigate = useNavigate({ from: '/accounts/$account' });
  const search = useSearch({ from: '/accounts/$account' });
  const tab = TABS.find((one) => one === search.tab) ?? 'months';
  const change = (part: AccountSearch): void => {
    void navigate({ search: (before) => ({ ...before, ...part }) });
  };
  const last = of.periods.map(({ period }) => period).sort();
  return (
    <>
      <Head of={of} />
      <Tabs
        value={tab}
        keepMounted={false}
        onChange={(next) => change({ tab: TABS.find((one) => one === next) })}
      >
        <Tabs.List mb="md">
          {TABS.map((one) => (
            <Tabs.Tab key={one} value={one}>
              {t(`accountTab.${one}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="months">
          <MonthsTab of={of} openEntries={(period) => change({ tab: 'entries', period })} />
          {may('accounting.export') ? (
            <AccountingExport month={last.at(-1) ?? ''} account={of.id} />
          ) : null}
        </Tabs.Panel>
        <Tabs.Panel value="entries">
          <EntriesTab of={of} search={search} change={change} />
        </Tabs.Panel>
        <Tabs.Panel value="statements">
          <StatementsTab of={of} search={search} change={change} />
        </Tabs.Panel>
        <Tabs.Panel value="matches">
          <MatchesTab of={of} />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}

function Head({ of }: { of: AccountInFull }) {
  const { t } = useTranslation();
  const may = useMay();
  const formats = useFormats();
  const [asks, setAsks] = useState<'entry' | 'ceiling' | null>(null);
  return (
    <>
      <SceneHead title={t('account.title', { code: of.code, contact: of.contact })}>
        {may('account.enter') && of.state === 'open' ? (
          <Button onClick={() => setAsks('entry')}>{t('account.enter')}</Button>
        ) : null}
        {may('account.close') ? (
          <Button variant="default" onClick={() => setAsks('ceiling')}>
            {t('account.setCeiling')}
          </Button>
        ) : null}
      </SceneHead>
      <Group align="flex-start" gap="xl" mb="md">
        <Stack gap={0}>
          <Text size="sm" c="dimmed">
            {t('accounts.balance')}
          </Text>
          <Text fz="1.5rem" fw={600}>
            {formats.money(of.balanceMinor, of.currency)}
          </Text>
        </Stack>
        <div style={{ flex: '1 1 18rem', maxWidth: '32rem' }}>
          <Text size="sm" c="dimmed" mb={6}>
            {t('accounts.ceiling')}
          </Text>
          <BalanceBar of={of} />
        </div>
      </Group>
      {asks === 'entry' ? <EntryDialog of={of} close={() => setAsks(null)} /> : null}
      {asks === 'ceiling' ? <CeilingDialog of={of} close={() => setAsks(null)} /> : null}
    </>
  );
}
