/** Columns of the board: the dialog's counts, and whether the row is ready to be sold. */
import { Button, Checkbox, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { SellingRow } from '../../api/generated/client.ts';
import type { SheetColumn } from '../../ui/sheet.tsx';
import { State } from '../../ui/state.tsx';
import { useFormats } from '../../words/formats.ts';
import { keyOfRow } from './selling-reading.ts';

export interface RowActs {
  /** Keys of the rows that are ticked; null: nothing can be started by this person. */
  chosen: ReadonlySet<string> | null;
  tick(row: SellingRow): void;
  showFindings(row: SellingRow): void;
}

const COUNTS = [
  ['contingented', 105],
  ['exported', 85],
  ['toExport', 85],
  ['toTakeBack', 85],
  ['sold', 75],
  ['refused', 75],
] as const;

export function useBoardColumns(acts: RowActs): SheetColumn<SellingRow>[] {
  const { t } = useTranslation();
  const formats = useFormats();
  const counts = COUNTS.map(
    ([name, width]): SheetColumn<SellingRow> => ({
      id: name,
      head: t(`resellers.${name}`),
      width,
      align: 'right',
      cell: (row) => (
        <Text span fw={name === 'toExport' && row[name] > 0 ? 600 : 400}>
          {formats.count(row[name])}
        </Text>
      ),
      sortBy: (row) => row[name],
    }),
  );
  return [
    ...useTickColumn(acts),
    {
      id: 'performance',
      head: t('selling.performance'),
      width: 215,
      cell: (row) => (
        <div style={{ minWidth: '9rem' }}>
          <Place row={row} />
        </div>
      ),
      sortBy: ({ performance }) => performance?.startsAt ?? '',
    },
    {
      id: 'reseller',
      head: t('selling.reseller'),
      width: 120,
      cell: ({ interface: of }) => of.reseller,
      sortBy: ({ interface: of }) => `${of.reseller} ${of.code}`,
    },
    ...counts,
    {
      id: 'ready',
      head: t('selling.ready'),
      width: 175,
      cell: (row) => (
        <div style={{ minWidth: '8rem' }}>
          <Ready row={row} show={() => acts.showFindings(row)} />
        </div>
      ),
      sortBy: ({ missing, notices }) => missing * 1_000 + notices,
    },
    {
      id: 'lastRun',
      head: t('selling.lastRun'),
      width: 155,
      cell: ({ lastRun }) => (
        <div style={{ minWidth: '8rem' }}>
          {lastRun === null
            ? t('resellers.never')
            : `${t(`function.${lastRun.function}`)}, ${formats.since(lastRun.startedAt)}`}
        </div>
      ),
      sortBy: ({ lastRun }) => lastRun?.startedAt ?? '',
    },
    {
      id: 'nextDue',
      head: t('selling.nextRun'),
      width: 155,
      cell: ({ nextDue }) => (
        <div style={{ minWidth: '8rem' }}>
          {nextDue === null
            ? t('selling.noSchedule')
            : `${t(`function.${nextDue.function}`)}, ${formats.since(nextDue.at)}`}
        </div>
      ),
      sortBy: ({ nextDue }) => nextDue?.at ?? '',
    },
  ];
}

function useTickColumn({ chosen, tick }: RowActs): SheetColumn<SellingRow>[] {
  const { t } = useTranslation();
  const name = useRowName();
  if (chosen === null) return [];
  return [
    {
      id: 'tick',
      head: t('selling.tick'),
      width: 60,
      cell: (row) => (
        <Checkbox
          size="xs"
          aria-label={t('selling.tickRow', { row: name(row) })}
          checked={chosen.has(keyOfRow(row))}
          onChange={() => tick(row)}
        />
      ),
    },
  ];
}

/** A row in words: the product, its start, the reseller. */
export function useRowName(): (row: SellingRow) => string {
  const formats = useFormats();
  return ({ product, performance, interface: of }) =>
    [
      product.code,
      ...(performance === null ? [] : [formats.localStart(performance.localStart)]),
      of.reseller,
    ].join(' · ');
}

function Place({ row }: { row: SellingRow }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { product, performance } = row;
  if (performance === null) {
    return (
      <>
        {product.code}
        <Text size="xs" c="dimmed">
          {t('selling.pass')}
        </Text>
      </>
    );
  }
  return (
    <>
      <Link to="/performances/$performance/resellers" params={{ performance: performance.id }}>
        {formats.localStart(performance.localStart)}
      </Link>
      <Text size="xs" c="dimmed">
        {product.code}
      </Text>
    </>
  );
}

function Ready({ row, show }: { row: SellingRow; show(): void }) {
  const { t } = useTranslation();
  const { missing, notices } = row;
  if (missing + notices === 0) return <State tone="good">{t('selling.isReady')}</State>;
  return (
    <>
      {missing > 0 ? (
        <State tone="bad">{t('selling.missing', { count: missing })}</State>
      ) : (
        <State tone="warn">{t('selling.notices', { count: notices })}</State>
      )}
      <br />
      <Button variant="subtle" size="compact-xs" onClick={show}>
        {t('selling.see')}
      </Button>
    </>
  );
}
