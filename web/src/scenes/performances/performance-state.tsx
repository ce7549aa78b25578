import { useTranslation } from 'react-i18next';
import type { PerformanceLineState } from '../../api/generated/client.ts';
import type { Tone } from '../../ui/state.tsx';
import { State } from '../../ui/state.tsx';

const TONES: Readonly<Record<PerformanceLineState, Tone>> = {
  preparing: 'calm',
  running: 'good',
  suspended: 'warn',
  cancelled: 'bad',
  closed: 'calm',
};

export function PerformanceState({ state }: { state: PerformanceLineState }) {
  const { t } = useTranslation();
  return <State tone={TONES[state]}>{t(`performanceState.${state}`)}</State>;
}
