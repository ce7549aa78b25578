/** What a run counted, by name; what is zero is left out. */
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../words/formats.ts';

export function Counts({ counts }: { counts: Readonly<Record<string, number>> }) {
  const { t, i18n } = useTranslation();
  const formats = useFormats();
  const shown = Object.entries(counts).filter(([, count]) => count !== 0);
  if (shown.length === 0) return <Text c="dimmed">{t('run.noCounts')}</Text>;
  return (
    <dl className="facts">
      {shown.map(([name, count]) => (
        <div key={name} style={{ display: 'contents' }}>
          <dt>{i18n.exists(`count.${name}`) ? t(`count.${name}`) : name}</dt>
          <dd>{formats.count(count)}</dd>
        </div>
      ))}
    </dl>
  );
}
