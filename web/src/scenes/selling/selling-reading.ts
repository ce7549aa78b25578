/** What putting on sale reads, and under which keys. */
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import type {
  GetSelling200,
  GetSellingReady200,
  GetSellingSteps200,
  SellingRow,
} from '../../api/generated/client.ts';
import { getSelling, getSellingReady, getSellingSteps } from '../../api/generated/client.ts';
import { useLanguage } from '../../api/reading.ts';

export const SELLING = ['selling'] as const;

export interface SellingFilter {
  interface?: string;
  product?: string;
}

/** Pages of the board, the next performance first. */
export function useBoard(filter: SellingFilter) {
  const query = useInfiniteQuery({
    queryKey: [...SELLING, 'board', filter],
    queryFn: ({ pageParam }) =>
      getSelling({ ...filter, limit: 100, ...(pageParam === null ? {} : { after: pageParam }) }),
    initialPageParam: null as string | null,
    getNextPageParam: (page: GetSelling200) => page.next,
    placeholderData: keepPreviousData,
  });
  return { ...query, rows: query.data?.pages.flatMap(({ items }) => items) ?? [] };
}

export function useSteps(filter: SellingFilter) {
  const query = useInfiniteQuery({
    queryKey: [...SELLING, 'steps', filter],
    queryFn: ({ pageParam }) =>
      getSellingSteps({ ...filter, ...(pageParam === null ? {} : { after: pageParam }) }),
    initialPageParam: null as string | null,
    getNextPageParam: (page: GetSellingSteps200) => page.next,
    placeholderData: keepPreviousData,
  });
  return { ...query, rows: query.data?.pages.flatMap(({ items }) => items) ?? [] };
}

/** Everything that would make an export or a sale of this row fail. */
export function useFindings({ interface: of, product, performance }: SellingRow) {
  const language = useLanguage();
  const asked = {
    interface: of.id,
    language,
    ...(performance === null ? { product: product.id } : { performance: performance.id }),
  };
  const query = useInfiniteQuery({
    queryKey: [...SELLING, 'ready', asked],
    queryFn: ({ pageParam }) =>
      getSellingReady({ ...asked, ...(pageParam === null ? {} : { after: pageParam }) }),
    initialPageParam: null as string | null,
    getNextPageParam: (page: GetSellingReady200) => page.next,
  });
  return { ...query, rows: query.data?.pages.flatMap(({ items }) => items) ?? [] };
}

/** A row of the board under one key: a performance, or a pass as a whole, at a reseller. */
export const keyOfRow = ({ interface: of, product, performance }: SellingRow): string =>
  `${of.id} ${performance?.id ?? product.id}`;
