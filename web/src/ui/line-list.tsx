/** Lines of a run: what happened, of what class, about which ticket, and what to do about it. */
import { Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { RunLine } from '../api/generated/client.ts';
import { useFormats } from '../words/formats.ts';
import { State } from './state.tsx';

const TONES = { info: 'good', warning: 'warn', error: 'bad' } as const;

interface LineListProps {
  lines: readonly RunLine[];
  /** The venue's zone; undefined: the reader's. */
  timeZone: string | undefined;
  label: string;
}

export function LineList({ lines, timeZone, label }: LineListProps) {
  const { t } = useTranslation();
  if (lines.length === 0) return <Text c="dimmed">{t('line.none')}</Text>;
  return (
    <Stack component="ol" gap="sm" p={0} m={0} aria-label={label} style={{ listStyle: 'none' }}>
      {lines.map((line) => (
        <li key={line.id}>
          <Line line={line} timeZone={timeZone} />
        </li>
      ))}
    </Stack>
  );
}

function Line({ line, timeZone }: { line: RunLine; timeZone: string | undefined }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const keys = Object.entries(line.keys).filter(([, value]) => value !== null && value !== '');
  return (
    <div>
      <State tone={TONES[line.level]}>{line.title}</State>
      {line.explanation === null ? null : <Text size="sm">{line.explanation}</Text>}
      {line.remedy === null ? null : (
        <Text size="sm" fw={500}>
          {t('line.remedy', { remedy: line.remedy })}
        </Text>
      )}
      <Text size="xs" c="dimmed">
        {[
          formats.time(line.at, timeZone),
          ...(line.class === null ? [] : [t(`class.${line.class}`)]),
          ...keys.map(([name, value]) => `${t(`key.${name}`, { defaultValue: name })} ${value}`),
          ...(line.times > 1 ? [t('line.times', { count: line.times })] : []),
        ].join(' · ')}
      </Text>
      {line.case === null ? null : (
        <Link to="/cases" search={{ case: line.case }}>
          {t('line.case')}
        </Link>
      )}
    </div>
  );
}
