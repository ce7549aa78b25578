/**
 * Addresses of the web application that mails, hooks and remedies lead to. The web's own routes
 * follow this list (docs/api.md); nothing else of the server writes such an address.
 */
import type { NewsFacts, NewsKind } from './news.ts';

export type WebPlace =
  /** Its settings. */
  | { place: 'interface'; interfaceId: number }
  | { place: 'runs'; interfaceId: number }
  | { place: 'run'; interfaceId: number; runId: number }
  /** With a schedule: that one is shown. */
  | { place: 'schedules'; interfaceId: number; scheduleId: number | null }
  /** The row that has these, or would have them. */
  | { place: 'mapping'; interfaceId: number; word: string; value?: string; ours?: string }
  | { place: 'mapping_queue'; interfaceId: number }
  | { place: 'cases'; interfaceId: number; code: string | null }
  | { place: 'case'; messageId: number }
  | { place: 'accounts' }
  | { place: 'account'; accountId: number }
  | { place: 'resellers'; performanceId: number };

/** From the application's root, with its slash; ids are those of the API. */
export function webPath(of: WebPlace): string {
  switch (of.place) {
    case 'interface':
      return `/interfaces/ifc_${of.interfaceId}`;
    case 'runs':
      return `/interfaces/ifc_${of.interfaceId}/runs`;
    case 'run':
      return `/interfaces/ifc_${of.interfaceId}/runs/run_${of.runId}`;
    case 'schedules': {
      const schedule = of.scheduleId === null ? '' : `sch_${of.scheduleId}`;
      return `/interfaces/ifc_${of.interfaceId}/schedules${queryOf({ schedule })}`;
    }
    case 'mapping': {
      const { word, value = '', ours = '' } = of;
      return `/interfaces/ifc_${of.interfaceId}/mappings${queryOf({ word, value, ours })}`;
    }
    case 'mapping_queue':
      return `/interfaces/ifc_${of.interfaceId}/mappings/queue`;
    case 'cases':
      return `/cases${queryOf({ interface: `ifc_${of.interfaceId}`, code: of.code ?? '' })}`;
    case 'case':
      return `/cases/cas_${of.messageId}`;
    case 'accounts':
      return '/accounts';
    case 'account':
      return `/accounts/acc_${of.accountId}`;
    case 'resellers':
      return `/performances/prf_${of.performanceId}/resellers`;
  }
}

/** What is empty is left out. */
function queryOf(params: Readonly<Record<string, string>>): string {
  const said = Object.entries(params).filter(([, value]) => value !== '');
  if (said.length === 0) return '';
  return `?${said.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')}`;
}

/** Where a news is looked at and mended; null: it is about no interface and no account. */
export function newsPath(news: {
  kind: NewsKind;
  interfaceIds: readonly number[];
  facts: NewsFacts;
}): string | null {
  const { ids = {}, code } = news.facts;
  if (news.kind === 'ceiling') {
    if (ids.account === undefined) return webPath({ place: 'accounts' });
    return webPath({ place: 'account', accountId: ids.account });
  }
  const [interfaceId] = news.interfaceIds;
  if (interfaceId === undefined) return null;
  switch (news.kind) {
    case 'unseen_value':
      return webPath({ place: 'mapping_queue', interfaceId });
    case 'new_roots':
      return webPath({ place: 'cases', interfaceId, code });
    case 'schedule_paused':
      return webPath({ place: 'schedules', interfaceId, scheduleId: ids.schedule ?? null });
    case 'run_error':
    case 'late_run':
      if (ids.run !== undefined) return webPath({ place: 'run', interfaceId, runId: ids.run });
      if (ids.schedule === undefined) return webPath({ place: 'runs', interfaceId });
      return webPath({ place: 'schedules', interfaceId, scheduleId: ids.schedule });
  }
}
