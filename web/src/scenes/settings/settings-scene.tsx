/** Settings: one's own account, people, keys, news, hooks, the journal, the organisation. */
import { Tabs } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import type { Action } from '../../api/session.ts';
import { useMay } from '../../api/session.ts';
import { SceneHead } from '../../ui/scene.tsx';
import { AccountTab } from './account-tab.tsx';
import { HooksTab } from './hooks-tab.tsx';
import { HouseTab } from './house-tab.tsx';
import { JournalTab } from './journal-tab.tsx';
import { KeysTab } from './keys-tab.tsx';
import { NewsTab } from './news-tab.tsx';
import { PeopleTab } from './people-tab.tsx';

/** Each with what one must be allowed to see it. */
const TABS: readonly { tab: string; action: Action; shows: ComponentType }[] = [
  { tab: 'account', action: 'door.read', shows: AccountTab },
  { tab: 'people', action: 'people.read', shows: PeopleTab },
  { tab: 'keys', action: 'keys.read', shows: KeysTab },
  { tab: 'news', action: 'notifications.write', shows: NewsTab },
  { tab: 'hooks', action: 'webhooks.write', shows: HooksTab },
  { tab: 'journal', action: 'journal.read', shows: JournalTab },
  { tab: 'house', action: 'read', shows: HouseTab },
];

export function SettingsScene() {
  const { t } = useTranslation();
  const may = useMay();
  const search = useSearch({ from: '/settings' });
  const navigate = useNavigate({ from: '/settings' });
  const shown = TABS.filter(({ action }) => may(action));
  const tab = shown.find((one) => one.tab === search.tab)?.tab ?? 'account';
  return (
    <>
      <SceneHead title={t('nav.settings')} />
      <Tabs
        value={tab}
        keepMounted={false}
        onChange={(next) => navigate({ search: { tab: next ?? undefined } })}
      >
        <Tabs.List mb="md">
          {shown.map((one) => (
            <Tabs.Tab key={one.tab} value={one.tab}>
              {t(`settingsTab.${one.tab}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {shown.map(({ tab: value, shows: Shown }) => (
          <Tabs.Panel key={value} value={value}>
            <Shown />
          </Tabs.Panel>
        ))}
      </Tabs>
    </>
  );
}
