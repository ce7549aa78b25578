/** What is chosen, where it may go, and what would be refused: told before it is done. */
import { Button, Group, List, Paper, Select, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import type { PostPerformanceSeatsMoveBodyTo, SeatsMoved } from '../../api/generated/client.ts';
import { postPerformanceSeatsMove } from '../../api/generated/client.ts';
import type { SeatSelection } from '../../plan/seat-selection.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useFormats } from '../../words/formats.ts';
import type { PlanModel } from './plan-model.ts';
import { countByContingent, factsOf, refusalsByReason } from './plan-model.ts';
import { SeatStoryPanel } from './seat-story.tsx';

const NONE = 'none';
const BLOCK = 'block';
const UNBLOCK = 'unblock';

function targetOf(value: string): PostPerformanceSeatsMoveBodyTo {
  if (value === BLOCK || value === UNBLOCK) return { kind: value };
  return { kind: 'contingent', contingent: value === NONE ? null : value };
}

export function SelectionPanel(of: {
  performance: string;
  model: PlanModel;
  selection: SeatSelection;
  mayMove: boolean;
  changed(): void;
}) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { performance, model, selection, mayMove, changed } = of;
  const version = useSyncExternalStore(
    (tell) => selection.subscribe(tell),
    () => selection.version,
  );
  const seats = selection.seats();
  const [only] = seats;
  if (seats.length === 0) {
    return (
      <Paper withBorder p="sm">
        <Text size="sm" c="dimmed">
          {t('plan.chooseFirst')}
        </Text>
      </Paper>
    );
  }
  return (
    <Paper withBorder p="sm" component="section" aria-label={t('plan.chosenLabel')}>
      <Stack gap="sm">
        <Text fw={600} role="status">
          {t('plan.chosen', { count: seats.length, shown: formats.count(seats.length) })}
        </Text>
        <List size="sm" spacing={2}>
          {countByContingent(model, seats).map(({ name, count }) => (
            <List.Item key={name}>
              {name ?? t('plan.nobody.contingent')} · {formats.count(count)}
            </List.Item>
          ))}
        </List>
        {mayMove ? (
          <MoveForm
            key={version}
            performance={performance}
            model={model}
            seats={seats}
            moved={() => {
              selection.replace([]);
              changed();
            }}
          />
        ) : null}
        {seats.length === 1 && only !== undefined ? (
          <SeatStoryPanel performance={performance} seat={factsOf(model, only).id} />
        ) : null}
      </Stack>
    </Paper>
  );
}

function MoveForm(of: {
  performance: string;
  model: PlanModel;
  seats: readonly number[];
  moved(): void;
}) {
  const { t } = useTranslation();
  const { performance, model, seats, moved } = of;
  const [to, setTo] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const body = {
    seats: seats.map((seat) => factsOf(model, seat).id),
    to: targetOf(to ?? NONE),
    ...(reason === '' ? {} : { reason }),
  };
  const effect = useQuery({
    queryKey: ['move', performance, to, body.seats],
    queryFn: () => postPerformanceSeatsMove(performance, { ...body, foretell: true }),
    enabled: to !== null,
  });
  const move = useMutation({
    mutationFn: () => postPerformanceSeatsMove(performance, body),
    onSuccess: moved,
  });
  const told = effect.data;
  const nothing = told !== undefined && told.applied + told.wishes + told.wishesDropped === 0;
  return (
    <Stack gap="sm">
      <Select
        label={t('plan.moveTo')}
        placeholder={t('plan.moveChoose')}
        value={to}
        onChange={setTo}
        data={[
          ...model.told.contingents.map(({ id, name }) => ({ value: id, label: name })),
          { value: NONE, label: t('plan.nobody.contingent') },
          { value: BLOCK, label: t('plan.block') },
          { value: UNBLOCK, label: t('plan.unblock') },
        ]}
      />
      <TextInput
        label={t('plan.reason')}
        value={reason}
        onChange={({ currentTarget }) => setReason(currentTarget.value)}
      />
      {to === null || told === undefined ? null : <Effect told={told} model={model} />}
      <ProblemNotice error={effect.error ?? move.error} />
      <Group>
        <Button
          disabled={told === undefined || nothing}
          loading={move.isPending}
          onClick={() => move.mutate()}
        >
          {t('plan.moveDo')}
        </Button>
      </Group>
    </Stack>
  );
}

const NAMED_MAX = 8;

function Effect({ told, model }: { told: SeatsMoved; model: PlanModel }) {
  const { t, i18n } = useTranslation();
  const formats = useFormats();
  const counts = ['applied', 'wishes', 'wishesDropped', 'unchanged'] as const;
  const reasonOf = (code: string): string =>
    i18n.exists(`seatRefusal.${code}`) ? t(`seatRefusal.${code}`) : code;
  return (
    <Stack gap={4} role="status">
      {counts
        .filter((name) => told[name] > 0)
        .map((name) => (
          <Text size="sm" key={name}>
            {t(`plan.effect.${name}`, { count: told[name], shown: formats.count(told[name]) })}
          </Text>
        ))}
      {refusalsByReason(model, told.refused).map(({ reason, seats }) => (
        <Text size="sm" key={reason}>
          {t('plan.effect.refused', { count: seats.length, reason: reasonOf(reason) })}{' '}
          {seats.slice(0, NAMED_MAX).join(', ')}
          {seats.length > NAMED_MAX ? ' …' : ''}
        </Text>
      ))}
    </Stack>
  );
}
