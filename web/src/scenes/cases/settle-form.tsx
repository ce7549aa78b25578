/** Settles by one way: for this case or all like it, with a reason, after its effect was shown. */
import { Button, Group, Radio, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type {
  Case,
  CaseInFullWaysItem,
  PostCasesSettleBody,
  SettledCases,
} from '../../api/generated/client.ts';
import { postCasesForetell, postCasesSettle } from '../../api/generated/client.ts';
import { KEYS } from '../../api/reading.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { parseAmount } from '../../words/parse-amount.ts';
import { EffectLines } from './effect-lines.tsx';

interface SettleProps {
  of: Case;
  way: CaseInFullWaysItem;
  done(): void;
}

interface Filled {
  scope: 'one' | 'like';
  reason: string;
  said: Readonly<Record<string, string>>;
}

export function SettleForm({ of, way, done }: SettleProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const asked = [...way.needs, ...way.may];
  const isAmount = (value: string | undefined): string | null =>
    value && Number.isNaN(parseAmount(value)) ? t('case.amountUnread') : null;
  const form = useForm<Filled>({
    initialValues: {
      scope: 'one',
      reason: '',
      said: Object.fromEntries(asked.map((one) => [one, ''])),
    },
    validate: {
      reason: (value) => (value.trim() === '' ? t('case.reasonMissing') : null),
      said: { price: isAmount, amount: isAmount },
    },
  });
  const settle = useMutation({
    mutationFn: (values: Filled) => postCasesSettle(bodyOf(of, way, values)),
    onSuccess: async (result) => {
      const waits = result.answers.filter(({ outcome }) => outcome !== 'settled').length;
      const settled = result.answers.length - waits;
      notifications.show({
        color: waits === 0 ? 'teal' : 'orange',
        message: t('case.done', { settled, waits }),
      });
      await client.invalidateQueries();
      if (waits === 0) done();
    },
  });
  return (
    <form noValidate onSubmit={form.onSubmit((values) => settle.mutate(values))}>
      <Stack gap="sm" mt="sm">
        <ProblemNotice error={settle.error} />
        {way.on === 'selection' ? (
          <Radio.Group label={t('case.scope')} {...form.getInputProps('scope')}>
            <Group mt={4}>
              <Radio value="one" label={t('case.scopeOne')} />
              <Radio value="like" label={t('case.scopeLike')} />
            </Group>
          </Radio.Group>
        ) : null}
        {asked.map((name) => (
          <TextInput
            key={name}
            label={t(`said.${name}`)}
            required={way.needs.includes(name)}
            {...form.getInputProps(`said.${name}`)}
          />
        ))}
        <Textarea label={t('case.reason')} required minRows={2} {...form.getInputProps('reason')} />
        {form.values.scope === 'like' ? (
          <ForetoldForAll of={of} way={way} form={form.values} />
        ) : null}
        <Group>
          <Button type="submit" loading={settle.isPending}>
            {t(`way.${way.way}`)}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Before it is done to many: how many, and what it comes to. */
function ForetoldForAll({ of, way, form }: { of: Case; way: CaseInFullWaysItem; form: Filled }) {
  const { t } = useTranslation();
  const isReady = way.needs.every((name) => (form.said[name] ?? '') !== '');
  const foretold = useQuery({
    queryKey: [...KEYS.cases, 'foretold', of.id, way.way, form.said],
    queryFn: () => postCasesForetell(bodyOf(of, way, { ...form, reason: '—' })),
    enabled: isReady,
  });
  if (!isReady) return null;
  if (foretold.isPending) return <Text c="dimmed">{t('case.foretelling')}</Text>;
  if (foretold.isError) return <ProblemNotice error={foretold.error} />;
  return <Effect of={foretold.data} />;
}

function Effect({ of }: { of: SettledCases }) {
  const { t } = useTranslation();
  return (
    <div role="status">
      <Text size="sm">{t('case.wouldBe', { count: of.answers.length })}</Text>
      <EffectLines effect={of.effect} />
    </div>
  );
}

function bodyOf(of: Case, way: CaseInFullWaysItem, values: Filled): PostCasesSettleBody {
  const { ours, word, price, amount, document, seat } = values.said;
  const said = {
    ...(ours ? { ours } : {}),
    ...(word ? { word: word as NonNullable<PostCasesSettleBody['said']>['word'] } : {}),
    ...(price ? { priceMinor: parseAmount(price) } : {}),
    ...(amount ? { amountMinor: parseAmount(amount) } : {}),
    ...(document ? { document } : {}),
    ...(seat ? { seat } : {}),
  };
  return {
    choice: values.scope === 'like' ? { like: of.id } : { ids: [of.id] },
    way: way.way,
    reason: values.reason,
    ...(Object.keys(said).length === 0 ? {} : { said }),
  } as PostCasesSettleBody;
}
