/** Passkeys: added in the browser, renamed, removed. */
import { Button, Group, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { GetMePasskeys200ItemsItem as Passkey } from '../../api/generated/client.ts';
import {
  deleteMePasskey,
  getMePasskeys,
  getSignIn,
  patchMePasskey,
} from '../../api/generated/client.ts';
import { addPasskey, hasPasskeys } from '../../api/passkeys.ts';
import { problemOf } from '../../api/problem.ts';
import { ME_KEY } from '../../api/session.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useFormats } from '../../words/formats.ts';
import { ConfirmButton } from './confirm-button.tsx';
import { Section } from './section.tsx';
import { ifMatch, SETTINGS, useAct } from './use-act.ts';

const KEY = [...SETTINGS.own, 'passkeys'];

export function PasskeySection({ hasPassword }: { hasPassword: boolean }) {
  const { t } = useTranslation();
  const found = useQuery({ queryKey: KEY, queryFn: () => getMePasskeys() });
  const ways = useQuery({ queryKey: ['sign-in'], queryFn: () => getSignIn(), staleTime: 600_000 });
  const can = ways.data?.passkeys === true && hasPasskeys();
  const items = found.data?.items ?? [];
  return (
    <Section title={t('passkey.title')} why={t(can ? 'passkey.why' : 'passkey.cannot')}>
      <ProblemNotice error={found.error} />
      <Stack gap="xs" component="ul" className="plain-list">
        {items.map((one) => (
          <PasskeyLine key={`${one.id} ${one.etag}`} of={one} />
        ))}
      </Stack>
      {can ? <AddPasskey hasPassword={hasPassword} /> : null}
    </Section>
  );
}

function PasskeyLine({ of }: { of: Passkey }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const [name, setName] = useState<string | null>(null);
  const rename = useAct(
    KEY,
    (said: string) => patchMePasskey(of.id, { name: said }, ifMatch(of.etag)),
    () => setName(null),
  );
  const remove = useAct(ME_KEY, () => deleteMePasskey(of.id));
  const again = useAct(KEY, () => remove.mutateAsync(undefined));
  const used = of.lastUsedAt;
  return (
    <li>
      <Group gap="sm">
        <div style={{ flexGrow: 1 }}>
          <Text fw={500}>{of.name}</Text>
          <Text size="xs" c="dimmed">
            {t('passkey.since', { at: formats.instant(of.createdAt) })}
            {' · '}
            {used === null ? t('passkey.unused') : t('passkey.used', { at: formats.instant(used) })}
            {of.synced ? ` · ${t('passkey.synced')}` : ''}
          </Text>
        </div>
        {name === null ? (
          <Button
            variant="default"
            aria-label={t('passkey.renameThis', { name: of.name })}
            onClick={() => setName(of.name)}
          >
            {t('passkey.rename')}
          </Button>
        ) : (
          <form
            onSubmit={(event) => {
              event.preventDefault();
              rename.mutate(name);
            }}
          >
            <Group gap="xs">
              <TextInput
                aria-label={t('passkey.name')}
                value={name}
                maxLength={100}
                autoFocus
                onChange={(event) => setName(event.currentTarget.value)}
              />
              <Button type="submit" loading={rename.isPending}>
                {t('act.save')}
              </Button>
            </Group>
          </form>
        )}
        <ConfirmButton
          word={t('passkey.remove')}
          name={t('passkey.removeThis', { name: of.name })}
          effect={t('passkey.removeEffect')}
          act={again}
        />
      </Group>
      <ProblemNotice error={rename.error} />
    </li>
  );
}

function AddPasskey({ hasPassword }: { hasPassword: boolean }) {
  const { t } = useTranslation();
  const form = useForm({ initialValues: { name: '', password: '' } });
  const [asksPassword, setAsks] = useState(false);
  const add = useAct(
    KEY,
    async (values: typeof form.values) => {
      try {
        await addPasskey(values.name.trim(), values.password === '' ? null : values.password);
      } catch (error) {
        if (problemOf(error).code === 'sign_in.session_not_fresh') setAsks(hasPassword);
        throw error;
      }
    },
    () => {
      form.reset();
      setAsks(false);
    },
  );
  return (
    <form onSubmit={form.onSubmit((values) => add.mutate(values))}>
      <Stack gap="xs" mt="sm">
        <ProblemNotice error={add.error} />
        <Group align="flex-end">
          <TextInput
            label={t('passkey.name')}
            placeholder={t('passkey.nameExample')}
            required
            maxLength={100}
            {...form.getInputProps('name')}
          />
          {asksPassword ? (
            <PasswordInput
              w="15rem"
              label={t('own.passwordNow')}
              autoComplete="current-password"
              required
              visibilityToggleButtonProps={{ 'aria-label': t('signIn.show') }}
              {...form.getInputProps('password')}
            />
          ) : null}
          <Button type="submit" size="sm" loading={add.isPending}>
            {t('passkey.add')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
