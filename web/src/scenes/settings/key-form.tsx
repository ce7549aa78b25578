/** A new key: role, scopes within it, an end. It is shown once. */
import { Button, MultiSelect, Select, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PostKeysBody, PostKeysBodyRole } from '../../api/generated/client.ts';
import { postKeys } from '../../api/generated/client.ts';
import { useMe } from '../../api/session.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { ROLES } from './invite-form.tsx';
import { ToldOnce } from './told-once.tsx';
import { SETTINGS, useAct } from './use-act.ts';

type Scopes = NonNullable<PostKeysBody['scopes']>;

interface Filled {
  name: string;
  role: PostKeysBodyRole;
  scopes: string[];
  until: string;
}

export function KeyForm() {
  const { t } = useTranslation();
  const [made, setMade] = useState<string | null>(null);
  // Whoever makes keys is an administrator, and may everything that a key may be narrowed to.
  const all = (useMe().data?.actions ?? []).filter(
    (one) => !['people', 'keys'].includes(one.split('.')[0] ?? '') || one.endsWith('.read'),
  );
  const form = useForm<Filled>({
    initialValues: { name: '', role: 'auditor', scopes: [], until: '' },
  });
  const add = useAct(
    SETTINGS.keys,
    ({ name, role, scopes, until }: Filled) =>
      postKeys({
        name,
        role,
        scopes: scopes.length === 0 ? null : (scopes as Scopes),
        // To the end of that day, wherever the browser is.
        expiresAt: until === '' ? null : new Date(`${until}T23:59:59`).toISOString(),
      }),
    ({ key }) => {
      setMade(key);
      form.reset();
    },
  );
  return (
    <Stack>
      {made === null ? null : (
        <ToldOnce title={t('keys.made')} why={t('keys.madeWhy')} value={made} />
      )}
      <form onSubmit={form.onSubmit((values) => add.mutate(values))}>
        <Stack gap="sm">
          <ProblemNotice error={add.error} />
          <TextInput
            label={t('keys.name')}
            description={t('keys.nameWhy')}
            required
            maxLength={100}
            data-autofocus
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
          <MultiSelect
            label={t('keys.scopes')}
            description={t('keys.scopesWhy')}
            data={all.map((value) => ({ value, label: t(`action.${value.replace('.', '_')}`) }))}
            searchable
            clearable
            clearButtonProps={{ 'aria-label': t('act.reset') }}
            {...form.getInputProps('scopes')}
          />
          <TextInput type="date" label={t('keys.until')} {...form.getInputProps('until')} />
          <div>
            <Button type="submit" size="sm" loading={add.isPending}>
              {t('keys.add')}
            </Button>
          </div>
        </Stack>
      </form>
    </Stack>
  );
}
