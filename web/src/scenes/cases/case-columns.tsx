/** The columns of a list of cases. */
import { Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Case } from '../../api/generated/client.ts';
import type { SheetColumn } from '../../ui/sheet.tsx';
import { State } from '../../ui/state.tsx';
import { useFormats } from '../../words/formats.ts';

export function useCaseColumns(): readonly SheetColumn<Case>[] {
  const { t } = useTranslation();
  const formats = useFormats();
  return useMemo(
    () => [
      {
        id: 'performance',
        head: t('cases.performance'),
        width: 200,
        cell: ({ product, performance }) => <Where product={product} performance={performance} />,
      },
      {
        id: 'problem',
        head: t('cases.problem'),
        width: 360,
        cell: (row) => (
          <>
            {row.problems.map(({ title }) => title).join(' · ')}
            <Text size="xs" c="dimmed">
              {t(`class.${row.class}`)} · {row.interface.code}
            </Text>
          </>
        ),
      },
      {
        id: 'ticket',
        head: t('cases.ticket'),
        width: 150,
        cell: ({ ticket, kind }) => (
          <>
            {ticket}
            <Text size="xs" c="dimmed">
              {t(`messageKind.${kind}`, { defaultValue: kind })}
            </Text>
          </>
        ),
      },
      {
        id: 'followers',
        head: t('cases.followers'),
        width: 90,
        align: 'right',
        cell: ({ followers }) => (followers === 0 ? '' : formats.count(followers)),
        sortBy: ({ followers }) => followers,
      },
      {
        id: 'opened',
        head: t('cases.since'),
        width: 120,
        cell: ({ openedAt }) => formats.since(openedAt),
        sortBy: ({ openedAt }) => openedAt,
      },
      {
        id: 'state',
        head: t('cases.state'),
        width: 150,
        cell: (row) => <CaseState of={row} />,
      },
    ],
    [t, formats],
  );
}

function Where({ product, performance }: Pick<Case, 'product' | 'performance'>) {
  const { t } = useTranslation();
  const formats = useFormats();
  const start = performance?.start ?? null;
  if (product === null) return <Text c="dimmed">{t('cases.unknownProduct')}</Text>;
  return (
    <>
      {product.code}
      <Text size="sm" c="dimmed">
        {start === null ? (performance?.code ?? '') : formats.localStart(start)}
      </Text>
    </>
  );
}

/** Who has it, or how it ended. */
export function CaseState({ of }: { of: Case }) {
  const { t } = useTranslation();
  const { takenBy, reportedAt, settledAt, settledBy } = of;
  if (settledAt !== null) {
    return <State tone="good">{t('cases.settledBy', { by: settledBy ?? '—' })}</State>;
  }
  if (reportedAt !== null) return <State tone="warn">{t('cases.reported')}</State>;
  if (takenBy !== null) return <State tone="busy">{t('cases.takenBy', { by: takenBy })}</State>;
  return <State tone="bad">{t('cases.waits')}</State>;
}
