/**
 * Addresses that mails, hooks and remedies lead to, and where the scene itself is: the list is
 * src/domain/watch/web-address.ts. A tab or a drawer stands in the scene's address as a search.
 */
import type { AnyRoute } from '@tanstack/react-router';
import { createRoute, redirect } from '@tanstack/react-router';

type Search = Record<string, unknown>;

interface Leading {
  path: string;
  to: string;
  /** Of the address that it leads to. */
  search(params: Readonly<Record<string, string>>, search: Search): Search;
}

const IN_TABS = ['general', 'mappings', 'schedules', 'runs'] as const;

const LEADING: readonly Leading[] = [
  ...IN_TABS.map((tab) => ({
    path: `/interfaces/$interface/${tab}`,
    to: '/interfaces/$interface',
    search: (_params: unknown, search: Search) => ({ ...search, tab }),
  })),
  {
    path: '/interfaces/$interface/mappings/queue',
    to: '/interfaces/$interface',
    search: () => ({ tab: 'mappings' }),
  },
  {
    path: '/interfaces/$interface/runs/$run',
    to: '/interfaces/$interface',
    search: ({ run }) => ({ tab: 'runs', run }),
  },
  { path: '/cases/$case', to: '/cases', search: (params) => ({ case: params.case }) },
  {
    path: '/performances/$performance',
    to: '/performances/$performance/resellers',
    search: () => ({}),
  },
  // What "ready to sell?" finds of a product is mended in the house.
  {
    path: '/house/prices',
    to: '/house',
    search: (_params, { product }) => ({ tab: 'prices', product }),
  },
  {
    path: '/house/products/$product',
    to: '/house',
    search: ({ product }) => ({ tab: 'prices', product }),
  },
  {
    path: '/interfaces/$interface/prices',
    to: '/house',
    search: (_params, { product }) => ({ tab: 'prices', product }),
  },
  { path: '/interfaces/$interface/tests', to: '/interfaces/$interface', search: () => ({}) },
];

/** Routes that have no scene of their own: each leads on, and the way back skips it. */
export function leadingRoutes(root: AnyRoute): AnyRoute[] {
  return LEADING.map(({ path, to, search: searchOf }) =>
    createRoute({
      getParentRoute: () => root,
      path,
      beforeLoad: ({ params, search }) => {
        const of = params as Record<string, string>;
        const where = { to, params: of, search: searchOf(of, search as Search), replace: true };
        // The types know addresses that are written where they are used.
        throw redirect(where as never);
      },
    }),
  );
}
