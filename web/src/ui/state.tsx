/** A state as icon, word and colour: whoever sees no colour reads the same. */
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleX,
  IconClock,
  IconPlayerPause,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

export type Tone = 'good' | 'warn' | 'bad' | 'busy' | 'calm';

const ICONS = {
  good: IconCircleCheck,
  warn: IconAlertTriangle,
  bad: IconCircleX,
  busy: IconClock,
  calm: IconPlayerPause,
} as const;

export function State({ tone, children }: { tone: Tone; children: string }) {
  const Icon = ICONS[tone];
  return (
    <span className="state" data-tone={tone}>
      <Icon size={15} stroke={2} aria-hidden />
      {children}
    </span>
  );
}

const RUN_TONES = {
  running: 'busy',
  ok: 'good',
  warning: 'warn',
  error: 'bad',
  cancelled: 'calm',
} as const;

export function RunState({ state }: { state: keyof typeof RUN_TONES }) {
  const { t } = useTranslation();
  return <State tone={RUN_TONES[state]}>{t(`runState.${state}`)}</State>;
}
