/** A payment, the reseller's invoice of commission or an adjustment, with what it comes to. */
import { Button, Checkbox, Group, Modal, Radio, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { AccountInFull, PostAccountEntriesBody } from '../../api/generated/client.ts';
import { postAccountEntries } from '../../api/generated/client.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useFormats } from '../../words/formats.ts';
import { parseAmount } from '../../words/parse-amount.ts';
import { ACCOUNTS } from './accounts-reading.ts';

const KINDS = ['payment', 'invoice', 'adjustment'] as const;

interface Filled {
  kind: (typeof KINDS)[number];
  amount: string;
  document: string;
  day: string;
  reason: string;
  late: boolean;
}

/** What stands there first: an adjustment that a difference asks for. */
export type EntryBegun = Partial<Pick<Filled, 'kind' | 'amount' | 'document'>>;

export function EntryDialog(props: { of: AccountInFull; begun?: EntryBegun; close(): void }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const client = useQueryClient();
  const { of, begun = {}, close } = props;
  const form = useForm<Filled>({
    initialValues: {
      ...{ kind: 'payment', amount: '', document: '', day: '', reason: '', late: false },
      ...begun,
    },
    validate: {
      amount: (value) => (Number.isNaN(parseAmount(value)) ? t('case.amountUnread') : null),
      document: (value) => (value.trim() === '' ? t('entry.documentMissing') : null),
      day: (value) => (value === '' ? t('entry.dayMissing') : null),
      reason: (value, { kind }) =>
        kind === 'adjustment' && value.trim() === '' ? t('case.reasonMissing') : null,
    },
  });
  const send = useMutation({
    mutationFn: (values: Filled) => postAccountEntries(of.id, bodyOf(values)),
    onSuccess: async ({ outcome, balanceMinor }) => {
      const balance = formats.money(balanceMinor, of.currency);
      notifications.show({ message: t(`entry.outcome.${outcome}`, { balance }) });
      await client.invalidateQueries({ queryKey: ACCOUNTS });
      close();
    },
  });
  const { kind } = form.values;
  return (
    <Modal
      opened
      onClose={close}
      title={t('account.enter')}
      closeButtonProps={{ 'aria-label': t('act.close') }}
    >
      <form onSubmit={form.onSubmit((values) => send.mutate(values))} noValidate>
        <Stack>
          <Radio.Group label={t('entry.kind')} {...form.getInputProps('kind')}>
            <Group mt="xs">
              {KINDS.map((one) => (
                <Radio key={one} value={one} label={t(`entryKind.${one}`)} />
              ))}
            </Group>
          </Radio.Group>
          <TextInput
            label={t('entry.amount', { currency: of.currency })}
            description={t(`entryMeans.${kind}`)}
            inputMode="decimal"
            {...form.getInputProps('amount')}
          />
          <TextInput
            label={t('entry.document')}
            maxLength={200}
            {...form.getInputProps('document')}
          />
          <TextInput type="date" label={t('entry.day')} {...form.getInputProps('day')} />
          <TextInput
            label={kind === 'adjustment' ? t('case.reason') : t('steps.reason')}
            maxLength={1000}
            {...form.getInputProps('reason')}
          />
          <Checkbox label={t('entry.late')} {...form.getInputProps('late', { type: 'checkbox' })} />
          <Effect of={of} values={form.values} />
          <ProblemNotice error={send.error} />
          <Group>
            <Button type="submit" loading={send.isPending}>
              {t('entry.do')}
            </Button>
            <Button variant="default" onClick={close}>
              {t('selling.leave')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function bodyOf({ kind, amount, document, day, reason, late }: Filled): PostAccountEntriesBody {
  return {
    kind,
    amountMinor: parseAmount(amount),
    document: document.trim(),
    day,
    late,
    ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
  };
}

function Effect({ of, values }: { of: AccountInFull; values: Filled }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const amount = parseAmount(values.amount);
  if (Number.isNaN(amount)) return null;
  const money = (minor: number): string => formats.money(minor, of.currency);
  const before = money(of.balanceMinor);
  // How much of an invoice replaces commission that is booked, only the ledger knows (0041).
  if (values.kind === 'invoice') {
    const least = money(Math.min(of.balanceMinor, of.balanceMinor - amount));
    return <Text size="sm">{t('entry.effectInvoice', { before, least })}</Text>;
  }
  const after = of.balanceMinor + (values.kind === 'payment' ? -amount : amount);
  return (
    <Text size="sm" fw={600} role="status">
      {t('entry.effect', { before, after: money(after) })}
    </Text>
  );
}
