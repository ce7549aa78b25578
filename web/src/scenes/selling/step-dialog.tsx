/** One step of one product at one reseller: what marking it does, and why it is marked. */
import { Button, Checkbox, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SellingProgress, SellingProgressStepsItemStep } from '../../api/generated/client.ts';
import { ProblemError } from '../../api/problem.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { markStep } from './mark-step.ts';
import { SELLING } from './selling-reading.ts';

export function StepDialog(props: {
  of: SellingProgress;
  step: SellingProgressStepsItemStep;
  close(): void;
}) {
  const { t } = useTranslation();
  const { of, step, close } = props;
  const client = useQueryClient();
  const [reason, setReason] = useState('');
  const [anyway, setAnyway] = useState(false);
  const isDone = of.steps.some((one) => one.step === step && one.doneAt !== null);
  const mark = useMutation({
    mutationFn: () =>
      markStep(of, step, {
        done: !isDone,
        anyway,
        ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
      }),
    onSuccess: ({ testModeEnded }) => {
      if (testModeEnded) notifications.show({ message: t('steps.testModeEnded') });
      close();
    },
    onSettled: () => client.invalidateQueries({ queryKey: SELLING }),
  });
  // The only conflict there is: tests that still hold places.
  const isLiving = mark.error instanceof ProblemError && mark.error.problem.status === 409;
  const act = t(isDone ? 'steps.untick' : 'steps.tick');
  return (
    <Modal
      opened
      onClose={close}
      title={`${t(`step.${step}`)} · ${of.product.code} · ${of.interface.code}`}
      closeButtonProps={{ 'aria-label': t('act.close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          mark.mutate();
        }}
      >
        <Stack>
          <Text size="sm">{t(isDone ? 'steps.untickWhy' : `stepMeans.${step}`)}</Text>
          <TextInput
            label={t('steps.reason')}
            value={reason}
            maxLength={500}
            data-autofocus
            onChange={({ currentTarget }) => setReason(currentTarget.value)}
          />
          <ProblemNotice error={mark.error} />
          {isLiving ? (
            <Checkbox
              label={t('steps.anyway')}
              checked={anyway}
              onChange={({ currentTarget }) => setAnyway(currentTarget.checked)}
            />
          ) : null}
          <Group>
            <Button type="submit" loading={mark.isPending}>
              {act}
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
