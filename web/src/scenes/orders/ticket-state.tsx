/** Whether a ticket lives. */
import { useTranslation } from 'react-i18next';
import type { FoundOrderLinesItemState } from '../../api/generated/client.ts';
import { State } from '../../ui/state.tsx';

const TONES = { valid: 'good', cancelled: 'bad', exchanged: 'calm' } as const;

export function TicketState({ state }: { state: FoundOrderLinesItemState }) {
  const { t } = useTranslation();
  return <State tone={TONES[state]}>{t(`ticketState.${state}`)}</State>;
}
