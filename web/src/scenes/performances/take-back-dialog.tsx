/** Takes unsold places back: all or so many. Its effect in numbers first, then the asking. */
import { Button, Group, Modal, NumberInput, Radio, Stack, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AllotmentsInterface, AllotmentsRowsItem } from '../../api/generated/client.ts';
import { postInterfaceRunRequests, postPerformanceTakeBack } from '../../api/generated/client.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useFormats } from '../../words/formats.ts';

export function TakeBackDialog(of: {
  performance: string;
  interface: AllotmentsInterface;
  row: AllotmentsRowsItem;
  close(): void;
  /** The request that asks the reseller. */
  asked(request: string): void;
}) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { performance, interface: from, row, close, asked } = of;
  const [kind, setKind] = useState<'all' | 'count'>('all');
  const [count, setCount] = useState(Math.min(10, row.exported));
  const body = {
    interface: from.id,
    contingents: [row.contingent.id],
    unsold: kind === 'all' ? { kind } : { kind, count },
  };
  const isReady = kind === 'all' || (Number.isInteger(count) && count > 0);
  const effect = useQuery({
    queryKey: ['take-back', performance, body],
    queryFn: () => postPerformanceTakeBack(performance, { ...body, foretell: true }),
    enabled: isReady,
  });
  const take = useMutation({
    mutationFn: async () => {
      await postPerformanceTakeBack(performance, body);
      // Wishes travel with the next export: ours, at once.
      return postInterfaceRunRequests(from.id, { function: 'export', performances: [performance] });
    },
    onSuccess: ({ request }) => asked(request),
  });
  const told = effect.data;
  return (
    <Modal
      opened
      onClose={close}
      title={t('takeBack.title', { contingent: row.contingent.code, reseller: from.reseller })}
      closeButtonProps={{ 'aria-label': t('act.close') }}
    >
      <Stack>
        <Text size="sm">{t('takeBack.out', { shown: formats.count(row.exported) })}</Text>
        <Radio.Group
          label={t('takeBack.which')}
          value={kind}
          onChange={(value) => setKind(value === 'count' ? 'count' : 'all')}
        >
          <Stack gap="xs" mt="xs">
            <Radio value="all" label={t('takeBack.all')} />
            <Radio value="count" label={t('takeBack.count')} />
          </Stack>
        </Radio.Group>
        {kind === 'count' ? (
          <NumberInput
            label={t('takeBack.howMany')}
            value={count}
            min={1}
            max={row.exported}
            allowDecimal={false}
            onChange={(value) => setCount(Number(value))}
          />
        ) : null}
        <Text size="sm" role="status">
          {told === undefined
            ? ''
            : t('takeBack.effect', { shown: formats.count(told.wishes + told.places) })}
        </Text>
        <ProblemNotice error={effect.error ?? take.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {t('act.close')}
          </Button>
          <Button
            disabled={!isReady || told === undefined}
            loading={take.isPending}
            onClick={() => take.mutate()}
          >
            {t('takeBack.do')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
