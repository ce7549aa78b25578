/** A new hook: where to, and of which news. */
import { Button, MultiSelect, Select, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { postHooks } from '../../api/generated/client.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { NEWS_KINDS } from './news-tab.tsx';
import { ToldOnce } from './told-once.tsx';
import { SETTINGS, useAct } from './use-act.ts';

export function HookForm() {
  const { t } = useTranslation();
  const [secret, setSecret] = useState<string | null>(null);
  const form = useForm({
    initialValues: { kind: 'webhook', name: '', url: '', kinds: [] as string[] },
  });
  const add = useAct(
    SETTINGS.hooks,
    ({ kind, name, url, kinds }: typeof form.values) =>
      postHooks({
        kind: kind === 'chat' ? 'chat' : 'webhook',
        name,
        url,
        kinds: kinds.length === 0 ? null : NEWS_KINDS.filter((one) => kinds.includes(one)),
      }),
    (made) => {
      setSecret(made.secret);
      form.reset();
    },
  );
  return (
    <Stack>
      {secret === null ? null : (
        <ToldOnce title={t('hooks.secret')} why={t('hooks.secretWhy')} value={secret} />
      )}
      <form onSubmit={form.onSubmit((values) => add.mutate(values))}>
        <Stack gap="sm">
          <ProblemNotice error={add.error} />
          <Select
            label={t('hooks.kind')}
            data={(['webhook', 'chat'] as const).map((value) => ({
              value,
              label: t(`hookKind.${value}`),
            }))}
            {...form.getInputProps('kind')}
          />
          <TextInput
            label={t('hooks.name')}
            required
            maxLength={100}
            data-autofocus
            {...form.getInputProps('name')}
          />
          <TextInput
            label={t('hooks.url')}
            type="url"
            placeholder="https://"
            required
            {...form.getInputProps('url')}
          />
          <MultiSelect
            label={t('news.kinds')}
            description={t('hooks.kindsWhy')}
            data={NEWS_KINDS.map((value) => ({ value, label: t(`newsKind.${value}`) }))}
            clearable
            clearButtonProps={{ 'aria-label': t('act.reset') }}
            {...form.getInputProps('kinds')}
          />
          <div>
            <Button type="submit" size="sm" loading={add.isPending}>
              {t('hooks.add')}
            </Button>
          </div>
        </Stack>
      </form>
    </Stack>
  );
}
