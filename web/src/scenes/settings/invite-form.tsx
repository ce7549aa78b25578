/** Somebody new: the one-time link is shown once, to be handed over. */
import { Button, Select, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PostPeopleBodyRole } from '../../api/generated/client.ts';
import { postPeople } from '../../api/generated/client.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useFormats } from '../../words/formats.ts';
import { ToldOnce } from './told-once.tsx';
import { SETTINGS, useAct } from './use-act.ts';

export const ROLES = ['administrator', 'manager', 'box_office', 'steward', 'auditor'] as const;

type Link = { address: string; expiresAt: string };

export function OneTimeLink({ link }: { link: Link }) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <ToldOnce
      title={t('people.link')}
      why={t('people.linkWhy', { until: formats.instant(link.expiresAt) })}
      value={link.address}
    />
  );
}

export function InviteForm() {
  const { t } = useTranslation();
  const [link, setLink] = useState<Link | 'known' | null>(null);
  const form = useForm({
    initialValues: { email: '', name: '', role: 'box_office' as PostPeopleBodyRole },
  });
  const add = useAct(
    SETTINGS.people,
    (values: typeof form.values) => postPeople(values),
    (answer) => {
      setLink(answer.link ?? 'known');
      form.reset();
    },
  );
  return (
    <Stack>
      {link === 'known' ? <Text role="status">{t('people.known')}</Text> : null}
      {link === null || link === 'known' ? null : <OneTimeLink link={link} />}
      <form onSubmit={form.onSubmit((values) => add.mutate(values))}>
        <Stack gap="sm">
          <ProblemNotice error={add.error} />
          <TextInput
            label={t('signIn.email')}
            type="email"
            required
            data-autofocus
            {...form.getInputProps('email')}
          />
          <TextInput
            label={t('own.name')}
            required
            maxLength={100}
            {...form.getInputProps('name')}
          />
          <Select
            label={t('people.role')}
            data={ROLES.map((value) => ({ value, label: t(`role.${value}`) }))}
            {...form.getInputProps('role')}
          />
          <Text size="sm" c="dimmed">
            {t(`roleMay.${form.values.role}`)}
          </Text>
          <div>
            <Button type="submit" size="sm" loading={add.isPending}>
              {t('people.invite')}
            </Button>
          </div>
        </Stack>
      </form>
    </Stack>
  );
}
