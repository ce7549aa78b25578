/** Orders: found by what a person at the counter has in hand. */
import { Text } from '@mantine/core';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { FoundOrder, GetOrders200 } from '../../api/generated/client.ts';
import { getOrders } from '../../api/generated/client.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { SceneHead } from '../../ui/scene.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { TableSkeleton } from '../../ui/skeletons.tsx';
import { useOrderColumns } from './order-columns.tsx';
import { OrderSearchForm } from './order-search-form.tsx';
import type { OrderSearch } from './sought.ts';
import { askedOf, lacksPerformance } from './sought.ts';

const PAGE = 50;

export function OrdersScene() {
  const { t } = useTranslation();
  const navigate = useNavigate({ from: '/orders' });
  const search = useSearch({ from: '/orders' });
  const asked = askedOf(search);
  const isAskable = !lacksPerformance(search);
  const orders = useInfiniteQuery({
    queryKey: ['orders', 'list', asked],
    queryFn: ({ pageParam }) =>
      getOrders({ ...asked, limit: PAGE, ...(pageParam === null ? {} : { after: pageParam }) }),
    initialPageParam: null as string | null,
    getNextPageParam: (page: GetOrders200) => page.next,
    placeholderData: keepPreviousData,
    enabled: isAskable,
  });
  const change = (part: OrderSearch): void => {
    void navigate({ search: (before) => ({ ...before, ...part }) });
  };
  const reset = (): void => void navigate({ search: {} });
  return (
    <>
      <SceneHead title={t('nav.orders')} />
      <OrderSearchForm
        // What is in the address is in the form: back and forward, and a link from elsewhere.
        key={`${search.by} ${search.text}`}
        search={search}
        change={change}
        reset={reset}
      />
      {isAskable ? <FoundOrders orders={orders} asked={asked} /> : null}
    </>
  );
}

function FoundOrders(of: {
  asked: object;
  orders: {
    data: { pages: readonly GetOrders200[] } | undefined;
    error: unknown;
    isPending: boolean;
    isSuccess: boolean;
    hasNextPage: boolean;
    isFetchingNextPage: boolean;
    fetchNextPage(): unknown;
  };
}) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const columns = useOrderColumns();
  const { orders, asked } = of;
  const rows = orders.data?.pages.flatMap((page) => page.items) ?? [];
  const isFiltered = Object.keys(asked).length > 0;
  return (
    <>
      <ProblemNotice error={orders.error} />
      {orders.isPending ? <TableSkeleton /> : null}
      {orders.isSuccess && rows.length === 0 && !orders.hasNextPage ? (
        <EmptyState title={t(isFiltered ? 'orders.notFound' : 'orders.none')}>
          {t(isFiltered ? 'orders.notFoundWhy' : 'orders.noneWhy')}
        </EmptyState>
      ) : null}
      {rows.length === 0 && !orders.hasNextPage ? null : (
        <>
          <Text c="dimmed" mb="xs" role="status">
            {t('orders.shown', { count: rows.length })}
          </Text>
          <Sheet
            name="orders"
            label={t('nav.orders')}
            columns={columns}
            rows={rows}
            keyOf={keyOf}
            open={({ id }) => void navigate({ to: '/orders/$order', params: { order: id } })}
            more={{
              has: orders.hasNextPage,
              isLoading: orders.isFetchingNextPage,
              load: () => void orders.fetchNextPage(),
            }}
          />
        </>
      )}
    </>
  );
}

/** By name an order comes once a name. */
function keyOf({ id, lines }: FoundOrder): string {
  return `${id} ${lines[0]?.lastName ?? ''} ${lines[0]?.firstName ?? ''}`;
}
