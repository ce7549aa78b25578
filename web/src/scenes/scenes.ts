/** The scenes of the navigation, in the order of a day's work; each with who may see it. */
import {
  IconAlertTriangle,
  IconArmchair,
  IconArrowsDiff,
  IconBuildingEstate,
  IconLayoutDashboard,
  IconPlugConnected,
  IconReceipt,
  IconReportMoney,
  IconRocket,
  IconScan,
  IconSettings,
} from '@tabler/icons-react';
import type { Action } from '../api/session.ts';

export interface SceneEntry {
  to:
    | '/'
    | '/performances'
    | '/interfaces'
    | '/cases'
    | '/orders'
    | '/reconciliation'
    | '/selling'
    | '/accounts'
    | '/house'
    | '/door'
    | '/settings';
  /** Of its name: `nav.…`. */
  name: string;
  icon: typeof IconLayoutDashboard;
  /** Without it the scene is not shown. */
  action: Action;
}

export const SCENES: readonly SceneEntry[] = [
  { to: '/', name: 'nav.dashboard', icon: IconLayoutDashboard, action: 'read' },
  { to: '/cases', name: 'nav.cases', icon: IconAlertTriangle, action: 'read' },
  { to: '/selling', name: 'nav.selling', icon: IconRocket, action: 'read' },
  { to: '/performances', name: 'nav.performances', icon: IconArmchair, action: 'read' },
  { to: '/orders', name: 'nav.orders', icon: IconReceipt, action: 'read' },
  { to: '/reconciliation', name: 'nav.reconciliation', icon: IconArrowsDiff, action: 'read' },
  { to: '/accounts', name: 'nav.accounts', icon: IconReportMoney, action: 'read' },
  { to: '/interfaces', name: 'nav.interfaces', icon: IconPlugConnected, action: 'read' },
  { to: '/house', name: 'nav.house', icon: IconBuildingEstate, action: 'read' },
  { to: '/door', name: 'nav.door', icon: IconScan, action: 'door.read' },
  { to: '/settings', name: 'nav.settings', icon: IconSettings, action: 'read' },
];
