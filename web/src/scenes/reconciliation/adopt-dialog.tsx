/** Adopting: how many places would join the reseller's allotment unsent, before it is done. */
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Reconciliation } from '../../api/generated/client.ts';
import { postReconciliationAdopt } from '../../api/generated/client.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useFormats } from '../../words/formats.ts';
import { RECONCILIATIONS } from './keys.ts';

interface AdoptDialogProps {
  reconciliation: Reconciliation;
  /** Null: every one that can be adopted. */
  differences: string[] | null;
  close(): void;
}

export function AdoptDialog({ reconciliation, differences, close }: AdoptDialogProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const client = useQueryClient();
  const { id } = reconciliation;
  const body = differences === null ? {} : { differences };
  const effect = useQuery({
    queryKey: ['adopt', id, differences],
    queryFn: () => postReconciliationAdopt(id, { ...body, foretell: true }),
    // Others move seats meanwhile.
    gcTime: 0,
  });
  const adopt = useMutation({
    mutationFn: () => postReconciliationAdopt(id, body),
    onSuccess: () => client.invalidateQueries({ queryKey: RECONCILIATIONS }),
  });
  const places = effect.data?.places;
  const told = (key: string, count: number): string =>
    t(key, { count, shown: formats.count(count), interface: reconciliation.interface.code });
  return (
    <Modal
      opened
      onClose={close}
      title={t('adopt.title')}
      closeButtonProps={{ 'aria-label': t('act.close') }}
    >
      <Stack>
        <Text size="sm">{t('adopt.why')}</Text>
        <Text size="sm" fw={600} role="status">
          {adopt.data !== undefined
            ? told('adopt.done', adopt.data.places)
            : places === undefined
              ? ''
              : told('adopt.effect', places)}
        </Text>
        <ProblemNotice error={effect.error ?? adopt.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {t('act.close')}
          </Button>
          {adopt.data === undefined ? (
            <Button
              disabled={places === undefined || places === 0}
              loading={adopt.isPending}
              onClick={() => adopt.mutate()}
            >
              {t('adopt.do')}
            </Button>
          ) : null}
        </Group>
      </Stack>
    </Modal>
  );
}
