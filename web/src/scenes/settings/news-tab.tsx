/** How one is told what must be known, and what stands at this moment. */
import { Button, Checkbox, Group, Radio, Select, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { NewsPreference, PutNewsPreferenceBody } from '../../api/generated/client.ts';
import { getNews, getNewsPreference, putNewsPreference } from '../../api/generated/client.ts';
import { useLanguage } from '../../api/reading.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { TableSkeleton } from '../../ui/skeletons.tsx';
import { State } from '../../ui/state.tsx';
import { useFormats } from '../../words/formats.ts';
import { LANGUAGES } from '../../words/texts.ts';
import { Section } from './section.tsx';
import { SETTINGS, useAct } from './use-act.ts';

export const NEWS_KINDS = [
  'run_error',
  'new_roots',
  'unseen_value',
  'late_run',
  'schedule_paused',
  'ceiling',
] as const;
const MODES = ['at_once', 'digest', 'off'] as const;
const KEY = [...SETTINGS.news, 'preference'];

export function NewsTab() {
  const preference = useQuery({ queryKey: KEY, queryFn: () => getNewsPreference() });
  return (
    <Stack gap="xl" maw="46rem">
      {preference.isPending ? <TableSkeleton /> : null}
      <ProblemNotice error={preference.error} />
      {preference.isSuccess ? <PreferenceForm of={preference.data} /> : null}
      <OpenNews />
    </Stack>
  );
}

function PreferenceForm({ of }: { of: NewsPreference }) {
  const { t } = useTranslation();
  const form = useForm({
    initialValues: {
      mode: of.mode as string,
      language: (of.language ?? '') as string,
      digestAt: of.digestAt,
      kinds: [...(of.kinds ?? NEWS_KINDS)] as string[],
    },
  });
  const save = useAct(
    KEY,
    ({ mode, language, digestAt, kinds }: typeof form.values) => {
      const chosen = NEWS_KINDS.filter((one) => kinds.includes(one));
      return putNewsPreference({
        mode: mode as PutNewsPreferenceBody['mode'],
        language: LANGUAGES.find((one) => one === language) ?? null,
        digestAt,
        kinds: chosen.length === NEWS_KINDS.length ? null : chosen,
      });
    },
    () => notifications.show({ message: t('settings.saved') }),
  );
  return (
    <Section title={t('news.mine')} why={t('news.mineWhy', { email: of.email })}>
      <form onSubmit={form.onSubmit((values) => save.mutate(values))}>
        <Stack>
          <ProblemNotice error={save.error} />
          <Radio.Group label={t('news.mode')} {...form.getInputProps('mode')}>
            <Stack gap="xs" mt={4}>
              {MODES.map((one) => (
                <Radio key={one} value={one} label={t(`newsMode.${one}`)} />
              ))}
            </Stack>
          </Radio.Group>
          <Checkbox.Group label={t('news.kinds')} {...form.getInputProps('kinds')}>
            <Stack gap="xs" mt={4}>
              {NEWS_KINDS.map((one) => (
                <Checkbox key={one} value={one} label={t(`newsKind.${one}`)} />
              ))}
            </Stack>
          </Checkbox.Group>
          <Group align="flex-end">
            <TextInput
              type="time"
              label={t('news.digestAt')}
              required
              {...form.getInputProps('digestAt')}
            />
            <Select
              label={t('news.language')}
              data={[
                { value: '', label: t('news.languageHouse') },
                ...LANGUAGES.map((value) => ({ value, label: t(`language.${value}`) })),
              ]}
              {...form.getInputProps('language')}
            />
            <Button type="submit" size="sm" loading={save.isPending}>
              {t('act.save')}
            </Button>
          </Group>
          {of.interfaces.length === 0 ? null : (
            <Text size="sm" c="dimmed">
              {t('news.interfaces', { names: of.interfaces.map(({ code }) => code).join(', ') })}
            </Text>
          )}
        </Stack>
      </form>
    </Section>
  );
}

function OpenNews() {
  const { t } = useTranslation();
  const language = useLanguage();
  const formats = useFormats();
  const news = useQuery({
    queryKey: [...SETTINGS.news, 'open', language],
    queryFn: () => getNews({ language, limit: 50 }),
  });
  if (news.isError) return <ProblemNotice error={news.error} />;
  const items = news.data?.items ?? [];
  return (
    <Section title={t('news.open')}>
      {news.isSuccess && items.length === 0 ? (
        <EmptyState title={t('news.none')}>{t('news.noneWhy')}</EmptyState>
      ) : null}
      <Stack component="ul" gap="md" className="plain-list">
        {items.map((one) => (
          <li key={one.id}>
            <State tone={one.kind === 'ceiling' || one.kind === 'unseen_value' ? 'warn' : 'bad'}>
              {one.title}
            </State>
            <Text size="sm">{one.explanation}</Text>
            <Text size="sm" fw={500}>
              {t('line.remedy', { remedy: one.remedy })}
            </Text>
            <Text size="xs" c="dimmed">
              {[
                one.interfaces.map(({ code }) => code).join(', '),
                ...one.facts,
                t('news.since', { at: formats.instant(one.openedAt) }),
              ]
                .filter(Boolean)
                .join(' · ')}
            </Text>
            {one.path === null ? null : <a href={one.path}>{t('news.see')}</a>}
          </li>
        ))}
      </Stack>
    </Section>
  );
}
