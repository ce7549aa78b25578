/** Closes a month for good: in numbers what is closed, then what speaks against it. */
import { Button, Checkbox, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type {
  AccountInFull,
  AccountPeriodsItem,
  ClosedMonthWarningsItem,
} from '../../api/generated/client.ts';
import { postAccountClose } from '../../api/generated/client.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { State } from '../../ui/state.tsx';
import { useFormats } from '../../words/formats.ts';
import { ACCOUNTS } from './accounts-reading.ts';

export function CloseDialog(props: {
  of: AccountInFull;
  month: AccountPeriodsItem;
  close(): void;
}) {
  const { t } = useTranslation();
  const formats = useFormats();
  const client = useQueryClient();
  const { of, month, close } = props;
  const [reason, setReason] = useState('');
  const [despite, setDespite] = useState(false);
  const send = useMutation({
    mutationFn: () =>
      postAccountClose(of.id, {
        period: month.period,
        despiteWarnings: despite,
        ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
      }),
    onSuccess: async ({ outcome }) => {
      if (outcome === 'warned') return;
      notifications.show({ message: t('close.done', { month: formats.month(month.period) }) });
      await client.invalidateQueries({ queryKey: ACCOUNTS });
      close();
    },
  });
  const warnings = send.data?.outcome === 'warned' ? send.data.warnings : [];
  const money = (minor: number): string => formats.money(minor, of.currency);
  return (
    <Modal
      opened
      onClose={close}
      title={t('close.title', { month: formats.month(month.period) })}
      closeButtonProps={{ 'aria-label': t('act.close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          send.mutate();
        }}
      >
        <Stack>
          <Text size="sm">
            {t('close.what', {
              gross: money(month.grossMinor),
              commission: money(month.commissionMinor),
              net: money(month.netMinor),
              balance: money(month.balanceMinor),
            })}
          </Text>
          <Text size="sm">{t('close.forGood')}</Text>
          {warnings.map((one) => (
            <Warning key={JSON.stringify(one)} of={one} />
          ))}
          {warnings.length === 0 ? null : (
            <Checkbox
              label={t('close.despite')}
              checked={despite}
              onChange={({ currentTarget }) => setDespite(currentTarget.checked)}
            />
          )}
          <TextInput
            label={t('steps.reason')}
            value={reason}
            maxLength={1000}
            data-autofocus
            onChange={({ currentTarget }) => setReason(currentTarget.value)}
          />
          <ProblemNotice error={send.error} />
          <Group>
            <Button
              type="submit"
              color="red"
              loading={send.isPending}
              disabled={warnings.length > 0 && !despite}
            >
              {t('close.do')}
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

function Warning({ of: { params } }: { of: ClosedMonthWarningsItem }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { interface: name, cases, reseller, last } = params;
  if (typeof cases === 'number') {
    const told = { count: cases, interface: String(name) };
    return <State tone="warn">{t('close.openCases', told)}</State>;
  }
  return (
    <State tone="warn">
      {typeof last === 'string'
        ? t('close.old', { reseller: String(reseller), last: formats.instant(last) })
        : t('close.never', { reseller: String(reseller) })}
    </State>
  );
}
