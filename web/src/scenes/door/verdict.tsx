/** What the door says, in a size that is read from a metre away: icon, word and colour. */
import { Title } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconCircleX, IconScan } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { DoorAnswerAnswer } from '../../api/generated/client.ts';
import { State } from '../../ui/state.tsx';
import { useFormats } from '../../words/formats.ts';

export interface Scan {
  code: string;
  at: string;
  tone: 'good' | 'warn' | 'bad';
  /** Of its sentence: `doorSays.…`. */
  says: string;
  /** When it was used, the day it is for, or a code of a problem. */
  detail: string | null;
}

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

export function scanOf(code: string, answer: DoorAnswerAnswer, now = new Date()): Scan {
  const of = { code, at: now.toISOString(), detail: text(answer.detail) };
  if (!answer.open) return { ...of, tone: 'bad', says: text(answer.reason) ?? 'unknown' };
  // Money may wait, the door may not: it opens, and whoever stands there sees that it is watched.
  if (answer.provisional === true) return { ...of, tone: 'warn', says: 'provisional' };
  return { ...of, tone: 'good', says: 'open' };
}

const ICONS = { good: IconCircleCheck, warn: IconAlertTriangle, bad: IconCircleX } as const;

export function Verdict({ scan }: { scan: Scan | null }) {
  const { t } = useTranslation();
  const detail = useDetail(scan);
  if (scan === null) {
    return (
      <div className="verdict" role="status">
        <IconScan size={72} aria-hidden />
        <div>
          <p className="verdict-why">{t('door.ready')}</p>
        </div>
      </div>
    );
  }
  const Icon = ICONS[scan.tone];
  return (
    <div className="verdict" data-tone={scan.tone} role="status">
      <Icon size={96} stroke={1.8} aria-hidden />
      <div>
        <p className="verdict-word">{t(`doorWord.${scan.tone}`)}</p>
        <p className="verdict-why">
          {t(`doorSays.${scan.says}`)}
          {detail === null ? '' : ` (${detail})`}
        </p>
        <p className="verdict-code">{scan.code}</p>
      </div>
    </div>
  );
}

/** An instant or a day as one reads it; reasons of the books are not for who stands at a door. */
function useDetail(scan: Scan | null): string | null {
  const formats = useFormats();
  const detail = scan?.detail ?? null;
  if (scan === null || detail === null) return null;
  if (scan.says === 'used') return formats.instant(detail);
  return /^\d{4}-\d\d-\d\d$/.test(detail) ? detail.split('-').reverse().join('/') : null;
}

export function LastScans({ scans }: { scans: readonly Scan[] }) {
  const { t } = useTranslation();
  const formats = useFormats();
  if (scans.length === 0) return null;
  return (
    <>
      <Title order={2} mb="xs">
        {t('door.last')}
      </Title>
      <ol className="plain-list door-last">
        {scans.map((one) => (
          <li key={`${one.at} ${one.code}`}>
            <State tone={one.tone}>{t(`doorWord.${one.tone}`)}</State>
            <span>{one.code}</span>
            <span>{t(`doorSays.${one.says}`)}</span>
            <span className="door-time">{formats.time(one.at)}</span>
          </li>
        ))}
      </ol>
    </>
  );
}
