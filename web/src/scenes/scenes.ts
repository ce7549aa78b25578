/** The scenes of the navigation, in the order of a day's work; each with who may see it. */
import {
  IconAlertTriangle,
  IconArmchair,
  IconLayoutDashboard,
  IconPlugConnected,
  IconReceipt,
} from '@tabler/icons-react';
import type { Action } from '../api/session.ts';

export interface SceneEntry {
  to: '/' | '/performances' | '/interfaces' | '/cases' | '/orders';
  /** Of its name: `nav.…`. */
  name: string;
  icon: typeof IconLayoutDashboard;
  /** Without it the scene is not shown. */
  action: Action;
}

export const SCENES: readonly SceneEntry[] = [
  { to: '/', name: 'nav.dashboard', icon: IconLayoutDashboard, action: 'read' },
  { to: '/cases', name: 'nav.cases', icon: IconAlertTriangle, action: 'read' },
  { to: '/performances', name: 'nav.performances', icon: IconArmchair, action: 'read' },
  { to: '/orders', name: 'nav.orders', icon: IconReceipt, action: 'read' },
  { to: '/interfaces', name: 'nav.interfaces', icon: IconPlugConnected, action: 'read' },
];
