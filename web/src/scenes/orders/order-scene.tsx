/** An order: its tickets, each with its money, its history, its codes and what was announced. */
import { Accordion, Button, Group, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Order, TicketInFull } from '../../api/generated/client.ts';
import { getOrder } from '../../api/generated/client.ts';
import { useTimeZones } from '../../api/time-zones.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { SceneHead } from '../../ui/scene.tsx';
import { SceneSkeleton } from '../../ui/skeletons.tsx';
import { useFormats } from '../../words/formats.ts';
import { Facts } from './facts.tsx';
import { TicketPanel } from './ticket-panel.tsx';
import { TicketState } from './ticket-state.tsx';

export function OrderScene() {
  const { order } = useParams({ from: '/orders/$order' });
  const found = useInfiniteQuery({
    queryKey: ['orders', 'one', order],
    queryFn: ({ pageParam }) => getOrder(order, pageParam === null ? {} : { after: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: (page: Order) => page.next,
  });
  const head = found.data?.pages[0]?.order;
  if (found.isError) return <ProblemNotice error={found.error} />;
  if (found.isPending || head === undefined) return <SceneSkeleton />;
  const tickets = found.data.pages.flatMap((page) => page.tickets);
  return (
    // Another order is another page: what is open belongs to the one before.
    <ShownOrder
      key={order}
      order={head}
      tickets={tickets}
      more={
        found.hasNextPage
          ? { isLoading: found.isFetchingNextPage, load: () => void found.fetchNextPage() }
          : null
      }
    />
  );
}

interface ShownOrderProps {
  order: Order['order'];
  tickets: readonly TicketInFull[];
  more: { isLoading: boolean; load(): void } | null;
}

function ShownOrder({ order, tickets, more }: ShownOrderProps) {
  const { t } = useTranslation();
  const { ticket } = useSearch({ from: '/orders/$order' });
  const [opened, setOpened] = useState<string[]>([ticket ?? tickets[0]?.id ?? '']);
  const zone = useTimeZones()(order.interface.id);
  const reference = order.reference ?? t('orders.noReference');
  return (
    <>
      <SceneHead title={t('order.title', { reference })}>
        <Link to="/orders">{t('order.back')}</Link>
      </SceneHead>
      <OrderFacts order={order} timeZone={zone} />
      <Accordion
        mt="lg"
        variant="contained"
        chevronPosition="left"
        order={2}
        multiple
        value={opened}
        onChange={setOpened}
      >
        {tickets.map((one) => (
          <Accordion.Item key={one.id} value={one.id}>
            <Accordion.Control>
              <TicketLine of={one} />
            </Accordion.Control>
            <Accordion.Panel>
              {opened.includes(one.id) ? <TicketPanel of={one} timeZone={zone} /> : null}
            </Accordion.Panel>
          </Accordion.Item>
        ))}
      </Accordion>
      {more === null ? null : (
        <Button variant="default" mt="sm" loading={more.isLoading} onClick={more.load}>
          {t('act.more')}
        </Button>
      )}
    </>
  );
}

function OrderFacts(of: { order: Order['order']; timeZone: string | undefined }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { order, timeZone } = of;
  const counts = { count: order.tickets, living: formats.count(order.living) };
  return (
    <Facts
      facts={[
        [
          t('orders.reseller'),
          <Link
            key="interface"
            to="/interfaces/$interface"
            params={{ interface: order.interface.id }}
          >
            {`${order.interface.reseller} · ${order.interface.code}`}
          </Link>,
        ],
        [t('orders.at'), formats.instant(order.orderedAt, timeZone)],
        [t('orders.tickets'), t('order.living', counts)],
        [t('orders.amount'), formats.money(order.livingMinor, order.currency)],
        [t('order.contact'), order.contact],
        [t('order.pointOfSale'), order.pointOfSale],
      ]}
    />
  );
}

/** What one recognises a ticket by. */
function TicketLine({ of }: { of: TicketInFull }) {
  const formats = useFormats();
  const { performance, lastName, firstName } = of;
  const name = [lastName, firstName].filter(Boolean).join(' ');
  const start = performance === null ? of.day : formats.localStart(performance.localStart);
  return (
    <Group justify="space-between" gap="xs">
      <div>
        <Text size="sm" fw={600}>
          {[of.number, name].filter(Boolean).join(' · ')}
        </Text>
        <Text size="xs" c="dimmed">
          {[of.product.code, start, of.seat ?? of.zone, of.tariff].filter(Boolean).join(' · ')}
        </Text>
      </div>
      <Group gap="md">
        <TicketState state={of.state} />
        <Text size="sm">{formats.money(of.bookedMinor, of.currency)}</Text>
      </Group>
    </Group>
  );
}
