/** Mails and calls, the newest first: state, attempts, and sending one again. */
import { Button, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Delivery, GetDeliveries200 } from '../../api/generated/client.ts';
import { getDeliveries, postDeliveriesDeliveryReplay } from '../../api/generated/client.ts';
import { useMay } from '../../api/session.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import type { SheetColumn } from '../../ui/sheet.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { TableSkeleton } from '../../ui/skeletons.tsx';
import { State } from '../../ui/state.tsx';
import { useFormats } from '../../words/formats.ts';
import { SETTINGS, useAct } from './use-act.ts';

const TONES = { pending: 'busy', delivered: 'good', failed: 'bad' } as const;
const FRESH_MS = 5_000;

export function DeliveryTable({ hook }: { hook: string | null }) {
  const { t } = useTranslation();
  const query = useInfiniteQuery({
    queryKey: [...SETTINGS.hooks, 'deliveries', hook],
    queryFn: ({ pageParam }) =>
      getDeliveries({
        limit: 20,
        ...(hook === null ? {} : { hook }),
        ...(pageParam === null ? {} : { after: pageParam }),
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page: GetDeliveries200) => page.next,
    refetchInterval: FRESH_MS,
  });
  const columns = useColumns();
  if (query.isPending) return <TableSkeleton />;
  if (query.isError) return <ProblemNotice error={query.error} />;
  const rows = query.data.pages.flatMap((page) => page.items);
  if (rows.length === 0) return <Text c="dimmed">{t('deliveries.none')}</Text>;
  return (
    <Sheet
      name="deliveries"
      label={t('deliveries.title')}
      columns={columns}
      rows={rows}
      keyOf={({ id }) => id}
      more={{
        has: query.hasNextPage,
        isLoading: query.isFetchingNextPage,
        load: () => void query.fetchNextPage(),
      }}
    />
  );
}

function useColumns(): readonly SheetColumn<Delivery>[] {
  const { t } = useTranslation();
  const formats = useFormats();
  const canReplay = useMay()('webhooks.write');
  return useMemo(
    () => [
      {
        id: 'at',
        head: t('deliveries.at'),
        width: 170,
        cell: ({ createdAt }) => formats.instant(createdAt),
      },
      { id: 'to', head: t('deliveries.to'), width: 180, cell: ({ recipient }) => recipient },
      {
        id: 'what',
        head: t('deliveries.what'),
        width: 200,
        cell: ({ news }) => news.map(({ kind }) => t(`newsKind.${kind}`)).join(', '),
      },
      {
        id: 'state',
        head: t('people.state'),
        width: 240,
        cell: (one) => <DeliveryState of={one} />,
      },
      ...(canReplay
        ? [
            {
              id: 'do',
              head: t('keys.do'),
              width: 150,
              cell: (one: Delivery) => <Replay of={one} />,
            },
          ]
        : []),
    ],
    [t, formats, canReplay],
  );
}

function DeliveryState({ of }: { of: Delivery }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const last = of.log.at(-1);
  const told = [
    t('deliveries.attempts', { count: of.attempts }),
    last?.status,
    last?.detail,
    of.nextAt === null ? null : t('deliveries.next', { at: formats.time(of.nextAt) }),
  ];
  return (
    <>
      <State tone={TONES[of.state]}>{t(`deliveryState.${of.state}`)}</State>
      <Text size="xs" c="dimmed">
        {told.filter(Boolean).join(' · ')}
      </Text>
    </>
  );
}

function Replay({ of }: { of: Delivery }) {
  const { t } = useTranslation();
  const again = useAct(SETTINGS.hooks, () => postDeliveriesDeliveryReplay(of.id));
  if (of.state === 'pending') return null;
  return (
    <>
      <Button
        variant="default"
        loading={again.isPending}
        aria-label={t('deliveries.replayThis', { to: of.recipient })}
        onClick={() => again.mutate(undefined)}
      >
        {t('deliveries.replay')}
      </Button>
      <ProblemNotice error={again.error} />
    </>
  );
}
