/** The addresses of the scenes. Each scene is a chunk of its own, loaded when it is opened. */
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
} from '@tanstack/react-router';
import { leadingRoutes } from './addresses.ts';
import type { OrderSearch } from './scenes/orders/sought.ts';
import type { DifferenceSearch } from './scenes/reconciliation/differences.ts';
import { RootLayout } from './ui/root-layout.tsx';
import { SceneFault, UnknownAddress } from './ui/scene-fault.tsx';
import { SceneSkeleton } from './ui/skeletons.tsx';

const root = createRootRoute({ component: RootLayout, notFoundComponent: UnknownAddress });
const under = <Path extends string>(path: Path) => ({ getParentRoute: () => root, path });

/** A text of the address, or nothing: whatever else stands there is left out. */
const word = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

const routes = [
  createRoute({
    ...under('/'),
    component: lazyRouteComponent(
      () => import('./scenes/dashboard/dashboard-scene.tsx'),
      'DashboardScene',
    ),
  }),
  createRoute({
    ...under('/sign-in'),
    component: lazyRouteComponent(() => import('./scenes/dashboard/home-again.tsx'), 'HomeAgain'),
  }),
  createRoute({
    ...under('/set-password'),
    component: lazyRouteComponent(
      () => import('./scenes/sign-in/set-password-scene.tsx'),
      'SetPasswordScene',
    ),
  }),
  createRoute({
    ...under('/interfaces'),
    component: lazyRouteComponent(
      () => import('./scenes/interfaces/interfaces-scene.tsx'),
      'InterfacesScene',
    ),
  }),
  createRoute({
    ...under('/interfaces/new'),
    component: lazyRouteComponent(
      () => import('./scenes/interfaces/new-interface-scene.tsx'),
      'NewInterfaceScene',
    ),
  }),
  createRoute({
    ...under('/interfaces/$interface'),
    validateSearch: (search): InterfaceSearch => ({
      tab: word(search.tab),
      run: word(search.run),
      schedule: word(search.schedule),
      word: word(search.word),
      // Digits alone are read as a number.
      value: typeof search.value === 'number' ? String(search.value) : word(search.value),
      ours: typeof search.ours === 'number' ? String(search.ours) : word(search.ours),
    }),
    component: lazyRouteComponent(
      () => import('./scenes/interfaces/interface-scene.tsx'),
      'InterfaceScene',
    ),
  }),
  createRoute({
    ...under('/performances'),
    validateSearch: (search): { state?: string | undefined } => ({ state: word(search.state) }),
    component: lazyRouteComponent(
      () => import('./scenes/performances/performances-scene.tsx'),
      'PerformancesScene',
    ),
  }),
  createRoute({
    ...under('/performances/$performance/resellers'),
    component: lazyRouteComponent(
      () => import('./scenes/performances/performance-scene.tsx'),
      'ResellersScene',
    ),
  }),
  createRoute({
    ...under('/performances/$performance/plan'),
    component: lazyRouteComponent(
      () => import('./scenes/performances/performance-scene.tsx'),
      'PlanScene',
    ),
  }),
  createRoute({
    ...under('/cases'),
    validateSearch: (search): CaseSearch => ({
      interface: word(search.interface),
      class: word(search.class),
      code: word(search.code),
      performance: word(search.performance),
      state: word(search.state),
      case: word(search.case),
    }),
    component: lazyRouteComponent(() => import('./scenes/cases/cases-scene.tsx'), 'CasesScene'),
  }),
  createRoute({
    ...under('/orders'),
    validateSearch: (search): OrderSearch => ({
      by: word(search.by),
      // Digits alone are read as a number.
      text: typeof search.text === 'number' ? String(search.text) : word(search.text),
      interface: word(search.interface),
      performance: word(search.performance),
      state: word(search.state),
      from: word(search.from),
      until: word(search.until),
    }),
    component: lazyRouteComponent(() => import('./scenes/orders/orders-scene.tsx'), 'OrdersScene'),
  }),
  createRoute({
    ...under('/orders/$order'),
    validateSearch: (search): { ticket?: string | undefined } => ({ ticket: word(search.ticket) }),
    component: lazyRouteComponent(() => import('./scenes/orders/order-scene.tsx'), 'OrderScene'),
  }),
  createRoute({
    ...under('/selling'),
    validateSearch: (search): SellingSearch => ({
      tab: word(search.tab),
      interface: word(search.interface),
      product: word(search.product),
      import: word(search.import),
    }),
    component: lazyRouteComponent(
      () => import('./scenes/selling/selling-scene.tsx'),
      'SellingScene',
    ),
  }),
  createRoute({
    ...under('/house'),
    validateSearch: (search): HouseSearch => ({
      tab: word(search.tab),
      product: word(search.product),
      performance: word(search.performance),
    }),
    component: lazyRouteComponent(() => import('./scenes/house/house-scene.tsx'), 'HouseScene'),
  }),
  createRoute({
    ...under('/reconciliation'),
    validateSearch: (
      search,
    ): {
      interface?: string | undefined;
      performance?: string | undefined;
      all?: string | undefined;
    } => ({
      interface: word(search.interface),
      performance: word(search.performance),
      all: word(search.all),
    }),
    component: lazyRouteComponent(
      () => import('./scenes/reconciliation/reconciliation-scene.tsx'),
      'ReconciliationScene',
    ),
  }),
  createRoute({
    ...under('/reconciliation/$reconciliation'),
    validateSearch: (search): DifferenceSearch => ({
      kind: word(search.kind),
      open: word(search.open),
    }),
    component: lazyRouteComponent(
      () => import('./scenes/reconciliation/differences-scene.tsx'),
      'DifferencesScene',
    ),
  }),
  createRoute({
    ...under('/settings'),
    validateSearch: (search): { tab?: string | undefined } => ({ tab: word(search.tab) }),
    component: lazyRouteComponent(
      () => import('./scenes/settings/settings-scene.tsx'),
      'SettingsScene',
    ),
  }),
  createRoute({
    ...under('/door'),
    component: lazyRouteComponent(() => import('./scenes/door/door-scene.tsx'), 'DoorScene'),
  }),
  createRoute({
    ...under('/accounts'),
    component: lazyRouteComponent(
      () => import('./scenes/accounts/accounts-scene.tsx'),
      'AccountsScene',
    ),
  }),
  createRoute({
    ...under('/accounts/$account'),
    validateSearch: (search): AccountSearch => ({
      tab: word(search.tab),
      period: word(search.period),
      kind: word(search.kind),
      interface: word(search.interface),
    }),
    component: lazyRouteComponent(
      () => import('./scenes/accounts/account-scene.tsx'),
      'AccountScene',
    ),
  }),
] as const;

export interface AccountSearch {
  tab?: string | undefined;
  /** A month, `2027-02`. */
  period?: string | undefined;
  kind?: string | undefined;
  interface?: string | undefined;
}

export interface SellingSearch {
  tab?: string | undefined;
  interface?: string | undefined;
  product?: string | undefined;
  /** The interface whose file of sales is to be integrated. */
  import?: string | undefined;
}

export interface HouseSearch {
  tab?: string | undefined;
  product?: string | undefined;
  /** Whose contingents are shown; nothing: those of the product, a pass. */
  performance?: string | undefined;
}

export interface InterfaceSearch {
  tab?: string | undefined;
  run?: string | undefined;
  /** The one that is shown. */
  schedule?: string | undefined;
  /** Of the row that has these values, or would have them. */
  word?: string | undefined;
  value?: string | undefined;
  ours?: string | undefined;
}

export interface CaseSearch {
  interface?: string | undefined;
  class?: string | undefined;
  /** Of its problem, as `price.differs`. */
  code?: string | undefined;
  performance?: string | undefined;
  state?: string | undefined;
  /** The case that is open beside the list. */
  case?: string | undefined;
}

// Nothing in the application links to what only leads on: its types know the scenes.
const ALL = [...routes, ...leadingRoutes(root)] as unknown as typeof routes;

export function createAppRouter() {
  return createRouter({
    routeTree: root.addChildren(ALL),
    defaultPreload: 'intent',
    defaultPendingComponent: SceneSkeleton,
    defaultErrorComponent: SceneFault,
    scrollRestoration: true,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
