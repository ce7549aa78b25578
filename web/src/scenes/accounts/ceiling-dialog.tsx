/** The ceiling: beyond it the log warns, and sales stop where the interface says so. */
import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountInFull } from '../../api/generated/client.ts';
import { putAccountCeiling } from '../../api/generated/client.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { parseAmount } from '../../words/parse-amount.ts';
import { ACCOUNTS } from './accounts-reading.ts';

export function CeilingDialog({ of, close }: { of: AccountInFull; close(): void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [amount, setAmount] = useState(
    of.ceilingMinor === null ? '' : (of.ceilingMinor / 100).toFixed(2),
  );
  const [reason, setReason] = useState('');
  const minor = amount.trim() === '' ? null : parseAmount(amount);
  const isUnread = minor !== null && (Number.isNaN(minor) || minor < 0);
  const send = useMutation({
    mutationFn: () =>
      putAccountCeiling(of.id, {
        ceilingMinor: minor,
        ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
      }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ACCOUNTS });
      close();
    },
  });
  return (
    <Modal
      opened
      onClose={close}
      title={t('account.setCeiling')}
      closeButtonProps={{ 'aria-label': t('act.close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!isUnread) send.mutate();
        }}
      >
        <Stack>
          <TextInput
            label={t('entry.amount', { currency: of.currency })}
            description={t('account.ceilingWhy')}
            inputMode="decimal"
            data-autofocus
            value={amount}
            error={isUnread ? t('case.amountUnread') : null}
            onChange={({ currentTarget }) => setAmount(currentTarget.value)}
          />
          <TextInput
            label={t('steps.reason')}
            maxLength={1000}
            value={reason}
            onChange={({ currentTarget }) => setReason(currentTarget.value)}
          />
          <ProblemNotice error={send.error} />
          <Group>
            <Button type="submit" loading={send.isPending} disabled={isUnread}>
              {t('act.save')}
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
