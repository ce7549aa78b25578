/** One person: another role, a new link, kept out or let in again. */
import { Button, Group, Select, Stack, Switch, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { GetPeople200ItemsItem as Person } from '../../api/generated/client.ts';
import {
  deletePeoplePerson,
  postPeoplePersonActivate,
  postPeoplePersonDeactivate,
  postPeoplePersonReset,
  postPeoplePersonUnlock,
  putPeoplePersonRole,
} from '../../api/generated/client.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { State } from '../../ui/state.tsx';
import { ConfirmButton } from './confirm-button.tsx';
import { OneTimeLink, ROLES } from './invite-form.tsx';
import { personState } from './person-state.ts';
import { ifMatch, SETTINGS, useAct } from './use-act.ts';

export function PersonPanel({ of, close }: { of: Person; close(): void }) {
  const { t } = useTranslation();
  const { tone, word } = personState(of);
  return (
    <Stack>
      <Group justify="space-between">
        <Text c="dimmed">{of.email}</Text>
        <State tone={tone}>{t(`personState.${word}`)}</State>
      </Group>
      <RoleForm of={of} />
      <Access of={of} />
      <NewLink of={of} />
      <Remove of={of} close={close} />
    </Stack>
  );
}

function RoleForm({ of }: { of: Person }) {
  const { t } = useTranslation();
  const [role, setRole] = useState<string>(of.role);
  const save = useAct(
    SETTINGS.people,
    async () => {
      const chosen = ROLES.find((one) => one === role) ?? of.role;
      return putPeoplePersonRole(of.id, { role: chosen }, ifMatch(of.etag));
    },
    () => notifications.show({ message: t('settings.saved') }),
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(undefined);
      }}
    >
      <ProblemNotice error={save.error} />
      <Group align="flex-end">
        <Select
          label={t('people.role')}
          data={ROLES.map((value) => ({ value, label: t(`role.${value}`) }))}
          value={role}
          onChange={(value) => setRole(value ?? of.role)}
        />
        <Button type="submit" size="sm" disabled={role === of.role} loading={save.isPending}>
          {t('act.save')}
        </Button>
      </Group>
      <Text size="sm" c="dimmed" mt={4}>
        {t(`roleMay.${role}`)}
      </Text>
    </form>
  );
}

function Access({ of }: { of: Person }) {
  const { t } = useTranslation();
  const version = ifMatch(of.etag);
  const key = SETTINGS.people;
  const deactivate = useAct(key, () => postPeoplePersonDeactivate(of.id, {}, version));
  const activate = useAct(key, () => postPeoplePersonActivate(of.id, {}, version));
  const unlock = useAct(key, () => postPeoplePersonUnlock(of.id, {}));
  return (
    <div>
      <ProblemNotice error={activate.error ?? unlock.error} />
      <Group>
        {personState(of).word === 'locked' ? (
          <Button loading={unlock.isPending} onClick={() => unlock.mutate(undefined)}>
            {t('people.unlock')}
          </Button>
        ) : null}
        {of.deactivatedAt === null ? (
          <ConfirmButton
            word={t('people.deactivate')}
            name={t('people.deactivateThis', { name: of.name })}
            effect={t('people.deactivateEffect')}
            act={deactivate}
          />
        ) : (
          <Button loading={activate.isPending} onClick={() => activate.mutate(undefined)}>
            {t('people.activate')}
          </Button>
        )}
      </Group>
    </div>
  );
}

function NewLink({ of }: { of: Person }) {
  const { t } = useTranslation();
  const [twoFactor, setTwoFactor] = useState(false);
  const reset = useAct(SETTINGS.people, () => postPeoplePersonReset(of.id, { twoFactor }));
  const link = reset.data?.link;
  return (
    <Stack gap="xs">
      {of.twoFactor ? (
        <Switch
          label={t('people.resetSecond')}
          checked={twoFactor}
          onChange={(event) => setTwoFactor(event.currentTarget.checked)}
        />
      ) : null}
      <div>
        <ConfirmButton
          word={t('people.reset')}
          name={t('people.resetThis', { name: of.name })}
          effect={t('people.resetEffect')}
          act={reset}
        />
      </div>
      {link === undefined ? null : <OneTimeLink link={link} />}
    </Stack>
  );
}

function Remove({ of, close }: { of: Person; close(): void }) {
  const { t } = useTranslation();
  const remove = useAct(SETTINGS.people, () => deletePeoplePerson(of.id), close);
  return (
    <div>
      <ConfirmButton
        word={t('people.remove')}
        name={t('people.removeThis', { name: of.name })}
        effect={t('people.removeEffect')}
        act={remove}
      />
    </div>
  );
}
