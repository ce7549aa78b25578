/** Général: the fields of the slide, to be edited; passwords are never shown. */
import { Button, Group, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Channel, Interface, InterfaceSettings } from '../../api/generated/client.ts';
import {
  getChannels,
  getGetInterfaceSettingsUrl,
  patchInterfaceSettings,
} from '../../api/generated/client.ts';
import { problemOf } from '../../api/problem.ts';
import { KEYS } from '../../api/reading.ts';
import { useMay } from '../../api/session.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { TableSkeleton } from '../../ui/skeletons.tsx';
import { EditFaults, ForetoldNotice } from '../house/edit-notice.tsx';
import { HistoryButton, subjectOf } from '../house/history-drawer.tsx';
import type { Tagged } from '../house/tagged.ts';
import { over, readTagged } from '../house/tagged.ts';
import type { Setting } from './channel-fields.tsx';
import { ChannelFields, settingErrors } from './channel-fields.tsx';
import { ConnectionChecks } from './connection-checks.tsx';
import { CommissionSection } from './general-commissions.tsx';
import type { Draft } from './general-draft.ts';
import { changedFields, configOf } from './general-draft.ts';
import { Identity, Money, Partners, People, Section } from './general-sections.tsx';

export function useChannels() {
  return useQuery({ queryKey: ['channels'], queryFn: () => getChannels(), staleTime: Infinity });
}

export function GeneralTab({ of }: { of: Interface }) {
  const { t } = useTranslation();
  const channels = useChannels();
  const found = useQuery({
    queryKey: [...KEYS.interfaces, of.id, 'settings'],
    queryFn: () => readTagged<InterfaceSettings>(getGetInterfaceSettingsUrl(of.id)),
  });
  if (found.isError) return <ProblemNotice error={found.error} />;
  if (channels.isError) return <ProblemNotice error={channels.error} />;
  if (found.isPending || channels.isPending) return <TableSkeleton />;
  const channel = channels.data.items.find(({ id }) => id === of.channel);
  if (channel === undefined) return <Text>{t('general.noChannel')}</Text>;
  return <SettingsForm channel={channel} found={found.data} />;
}

interface FormProps {
  channel: Channel;
  found: Tagged<InterfaceSettings>;
}

function SettingsForm({ channel, found }: FormProps) {
  const may = useMay();
  const [draft, setDraft] = useState<Draft>({});
  // What this person has seen: it becomes what is stored now only when they are told.
  const [seen, setSeen] = useState(found);
  const save = useSaved(seen, draft, () => setDraft({}), setSeen);
  const change = (part: Draft): void => {
    save.reset();
    setDraft({ ...draft, ...part });
  };
  const { data } = seen;
  const parts = { stored: data, draft, change, mayEdit: may('interfaces.write') };
  return (
    <Stack gap="lg" maw="52rem">
      <Identity {...parts} />
      <Connection {...parts} channel={channel} error={save.error} />
      <Partners {...parts} />
      <Money {...parts} />
      <CommissionSection of={data.id} mayEdit={parts.mayEdit} />
      <People {...parts} />
      <Others before={save.before} now={data} />
      <EditFaults error={save.error} />
      <ForetoldNotice of={save.data} />
      <SaveBar draft={draft} save={save} clear={() => change({})} of={data} reset={setDraft} />
    </Stack>
  );
}

function useSaved(
  seen: Tagged<InterfaceSettings>,
  draft: Draft,
  done: () => void,
  setSeen: (now: Tagged<InterfaceSettings>) => void,
) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [before, setBefore] = useState<InterfaceSettings | null>(null);
  const { id } = seen.data;
  const readAgain = async (): Promise<void> => {
    const now = await readTagged<InterfaceSettings>(getGetInterfaceSettingsUrl(id));
    client.setQueryData([...KEYS.interfaces, id, 'settings'], now);
    setSeen(now);
  };
  const save = useMutation({
    mutationFn: (foretell: boolean) =>
      patchInterfaceSettings(id, { ...draft, foretell }, over(seen.tag)),
    onSuccess: async ({ outcome }) => {
      if (outcome === 'foretold') return;
      setBefore(null);
      done();
      notifications.show({ message: t('edit.saved') });
      await readAgain();
      await client.invalidateQueries();
    },
    onError: async (error) => {
      if (problemOf(error).status !== 412) return;
      setBefore(seen.data);
      await readAgain();
    },
  });
  return { ...save, before };
}

type Saved = ReturnType<typeof useSaved>;

interface BarProps {
  draft: Draft;
  of: InterfaceSettings;
  save: Saved;
  clear(): void;
  reset(draft: Draft): void;
}

function SaveBar({ draft, of, save, reset }: BarProps) {
  const { t } = useTranslation();
  const count = Object.keys(draft).length;
  return (
    <Group>
      {count === 0 ? null : (
        <>
          <Button variant="default" loading={save.isPending} onClick={() => save.mutate(true)}>
            {t('edit.foretell')}
          </Button>
          <Button loading={save.isPending} onClick={() => save.mutate(false)}>
            {t('act.save')}
          </Button>
          <Button
            variant="subtle"
            onClick={() => {
              save.reset();
              reset({});
            }}
          >
            {t('edit.cancel')}
          </Button>
        </>
      )}
      <HistoryButton subject={subjectOf('interface', of.id)} />
      <Link to="/cases" search={{ interface: of.id }}>
        {t('interface.toCases')}
      </Link>
    </Group>
  );
}

/** After a 412: what the other person changed, by the fields' names. */
function Others({ before, now }: { before: InterfaceSettings | null; now: InterfaceSettings }) {
  const { t, i18n } = useTranslation();
  if (before === null) return null;
  const names = changedFields(before, now).map((name) => {
    const known = [`setting.${name}`, `general.${name}`].find((key) => i18n.exists(key));
    return known === undefined ? name : t(known);
  });
  if (names.length === 0) return null;
  return <Text role="status">{t('general.others', { names: names.join(', ') })}</Text>;
}

interface ConnectionProps {
  stored: InterfaceSettings;
  draft: Draft;
  change(part: Draft): void;
  mayEdit: boolean;
  channel: Channel;
  error: unknown;
}

function Connection({ stored, draft, change, mayEdit, channel, error }: ConnectionProps) {
  const { t } = useTranslation();
  const may = useMay();
  const errors = error === null ? {} : settingErrors(problemOf(error).errors ?? []);
  const secrets = draft.secrets ?? {};
  const config = draft.config ?? {};
  const changeSecret = (field: string, value: string | null | undefined): void => {
    const { [field]: _, ...others } = secrets;
    change({ secrets: value === undefined ? others : { ...others, [field]: value } });
  };
  return (
    <Section title={t('interface.connection')}>
      <ChannelFields
        channel={channel}
        config={configOf(draft, stored)}
        secrets={secrets}
        stored={stored.secrets}
        mayEdit={mayEdit}
        maySecrets={may('secrets.write')}
        errors={errors}
        change={(field: string, value: Setting) =>
          change({ config: { ...config, [field]: value } })
        }
        changeSecret={changeSecret}
      />
      {mayEdit ? <ConnectionChecks asked={{ interface: stored.id, config, secrets }} /> : null}
    </Section>
  );
}
