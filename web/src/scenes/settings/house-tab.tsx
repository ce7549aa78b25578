/** The organisation: its name, the language it writes in, its zone, when its day ends. */
import { Button, Select, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Organisation, PatchOrganisationBody } from '../../api/generated/client.ts';
import { getOrganisation, patchOrganisation } from '../../api/generated/client.ts';
import { useMay } from '../../api/session.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { TableSkeleton } from '../../ui/skeletons.tsx';
import { LANGUAGES } from '../../words/texts.ts';
import { ifMatch, SETTINGS, useAct } from './use-act.ts';

export function HouseTab() {
  const may = useMay();
  const found = useQuery({ queryKey: SETTINGS.house, queryFn: () => getOrganisation() });
  if (found.isPending) return <TableSkeleton />;
  if (found.isError) return <ProblemNotice error={found.error} />;
  if (!may('house.write')) return <HouseFacts of={found.data} />;
  return <HouseForm key={found.data.version} of={found.data} />;
}

function HouseFacts({ of }: { of: Organisation }) {
  const { t } = useTranslation();
  const facts = [
    [t('organisation.code'), of.code],
    [t('organisation.name'), of.name],
    [t('organisation.language'), t(`language.${of.language}`)],
    [t('organisation.zone'), of.timeZone],
    [t('organisation.currency'), of.currency],
    [t('organisation.dayEnds'), of.businessDayEndsAt],
  ] as const;
  return (
    <dl className="facts">
      {facts.map(([name, value]) => (
        <div key={name} style={{ display: 'contents' }}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function HouseForm({ of }: { of: Organisation }) {
  const { t } = useTranslation();
  const form = useForm({
    initialValues: {
      name: of.name,
      language: of.language as string,
      timeZone: of.timeZone,
      businessDayEndsAt: of.businessDayEndsAt.slice(0, 5),
      reason: '',
    },
  });
  const save = useAct(
    SETTINGS.house,
    ({ reason, language, ...values }: typeof form.values) => {
      const body: PatchOrganisationBody = {
        ...values,
        language: LANGUAGES.find((one) => one === language) ?? of.language,
        ...(reason.trim() === '' ? {} : { reason }),
      };
      return patchOrganisation(body, ifMatch(of.version));
    },
    () => notifications.show({ message: t('settings.saved') }),
  );
  return (
    <form onSubmit={form.onSubmit((values) => save.mutate(values))}>
      <Stack gap="sm" maw="26rem">
        <Text c="dimmed">{t('organisation.fixed', { code: of.code, currency: of.currency })}</Text>
        <ProblemNotice error={save.error} />
        <TextInput label={t('organisation.name')} required {...form.getInputProps('name')} />
        <Select
          label={t('organisation.language')}
          description={t('organisation.languageWhy')}
          data={LANGUAGES.map((value) => ({ value, label: t(`language.${value}`) }))}
          {...form.getInputProps('language')}
        />
        <Select
          label={t('organisation.zone')}
          description={t('organisation.zoneWhy')}
          data={zones(of.timeZone)}
          searchable
          limit={100}
          {...form.getInputProps('timeZone')}
        />
        <TextInput
          type="time"
          label={t('organisation.dayEnds')}
          description={t('organisation.dayEndsWhy')}
          required
          {...form.getInputProps('businessDayEndsAt')}
        />
        <TextInput label={t('organisation.reason')} {...form.getInputProps('reason')} />
        <div>
          <Button type="submit" size="sm" loading={save.isPending}>
            {t('act.save')}
          </Button>
        </div>
      </Stack>
    </form>
  );
}

/** What the browser knows, with the one that is set, which it may call otherwise. */
function zones(set: string): string[] {
  const known = Intl.supportedValuesOf('timeZone');
  return known.includes(set) ? known : [set, ...known];
}
