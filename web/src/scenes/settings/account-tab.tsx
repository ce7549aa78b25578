/** One's own account: name, language, password, second factor, passkeys, sessions. */
import { Button, Group, PasswordInput, Select, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { patchMe } from '../../api/generated/client.ts';
import type { Me } from '../../api/session.ts';
import { ME_KEY, postAuth, useMe } from '../../api/session.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import type { Language } from '../../words/texts.ts';
import { changeLanguage, LANGUAGES } from '../../words/texts.ts';
import { PasskeySection } from './passkey-section.tsx';
import { Section } from './section.tsx';
import { SessionSection } from './session-section.tsx';
import { TotpSection } from './totp-section.tsx';
import { useAct } from './use-act.ts';

type Person = NonNullable<Me['person']>;
const PASSWORD_MIN = 12;

export function AccountTab() {
  const person = useMe().data?.person ?? null;
  if (person === null) return null;
  return (
    <Stack gap="xl" maw="46rem">
      <ProfileSection person={person} key={`${person.name} ${person.language}`} />
      {person.hasPassword ? <PasswordSection /> : null}
      {person.hasPassword ? <TotpSection isOn={person.totp} /> : null}
      <PasskeySection hasPassword={person.hasPassword} />
      <SessionSection />
    </Stack>
  );
}

function ProfileSection({ person }: { person: Person }) {
  const { t } = useTranslation();
  const form = useForm({
    initialValues: { name: person.name, language: person.language ?? '' },
  });
  const save = useAct(ME_KEY, async (values: typeof form.values) => {
    const language = LANGUAGES.find((one) => one === values.language) ?? null;
    await patchMe({ name: values.name, language });
    if (language !== null) await changeLanguage(language as Language);
    notifications.show({ message: t('settings.saved') });
  });
  return (
    <Section title={t('own.profile')} why={person.email}>
      <form onSubmit={form.onSubmit((values) => save.mutate(values))}>
        <ProblemNotice error={save.error} />
        <Group align="flex-end">
          <TextInput
            label={t('own.name')}
            required
            autoComplete="name"
            maxLength={100}
            {...form.getInputProps('name')}
          />
          <Select
            label={t('own.language')}
            data={[
              { value: '', label: t('own.languageBrowser') },
              ...LANGUAGES.map((value) => ({ value, label: t(`language.${value}`) })),
            ]}
            {...form.getInputProps('language')}
          />
          <Button type="submit" size="sm" loading={save.isPending}>
            {t('act.save')}
          </Button>
        </Group>
      </form>
    </Section>
  );
}

function PasswordSection() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const form = useForm({
    initialValues: { current: '', next: '' },
    validate: {
      next: (value) =>
        value.length < PASSWORD_MIN ? t('setPassword.short', { count: PASSWORD_MIN }) : null,
    },
  });
  const save = useAct(ME_KEY, async (values: typeof form.values) => {
    await postAuth('change-password', {
      currentPassword: values.current,
      newPassword: values.next,
      revokeOtherSessions: true,
    });
    form.reset();
    await client.invalidateQueries({ queryKey: ['settings'] });
    notifications.show({ message: t('own.passwordSaved') });
  });
  const toggle = { 'aria-label': t('signIn.show') };
  return (
    <Section title={t('own.password')} why={t('own.passwordWhy')}>
      <form onSubmit={form.onSubmit((values) => save.mutate(values))}>
        <ProblemNotice error={save.error} />
        <Group align="flex-start">
          <PasswordInput
            w="15rem"
            label={t('own.passwordNow')}
            autoComplete="current-password"
            required
            visibilityToggleButtonProps={toggle}
            {...form.getInputProps('current')}
          />
          <PasswordInput
            w="15rem"
            label={t('setPassword.password')}
            autoComplete="new-password"
            required
            visibilityToggleButtonProps={toggle}
            {...form.getInputProps('next')}
          />
          <Button type="submit" size="sm" mt="1.35rem" loading={save.isPending}>
            {t('own.passwordChange')}
          </Button>
        </Group>
      </form>
    </Section>
  );
}
