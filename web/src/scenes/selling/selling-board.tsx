/** The board: rows that are ticked, and what is executed on them together. */
import { Button, Checkbox, Drawer, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AskedOfAccount, SellingRow } from '../../api/generated/client.ts';
import { postSellingRuns } from '../../api/generated/client.ts';
import { useMay } from '../../api/session.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { TableSkeleton } from '../../ui/skeletons.tsx';
import { useFormats } from '../../words/formats.ts';
import { AskedRuns } from './asked-runs.tsx';
import { useBoardColumns, useRowName } from './board-columns.tsx';
import { Findings } from './findings.tsx';
import { itemsOf } from './run-items.ts';
import type { SellingFilter } from './selling-reading.ts';
import { keyOfRow, SELLING, useBoard } from './selling-reading.ts';

export function SellingBoard({ filter }: { filter: SellingFilter }) {
  const { t } = useTranslation();
  const may = useMay();
  const client = useQueryClient();
  const board = useBoard(filter);
  const [keys, setKeys] = useState<ReadonlySet<string>>(new Set());
  const [asked, setAsked] = useState<readonly AskedOfAccount[]>([]);
  const [found, setFound] = useState<SellingRow | null>(null);
  const nameOfRow = useRowName();
  const tick = (row: SellingRow): void => {
    const next = new Set(keys);
    if (!next.delete(keyOfRow(row))) next.add(keyOfRow(row));
    setKeys(next);
  };
  const columns = useBoardColumns({
    chosen: may('runs.start') ? keys : null,
    tick,
    showFindings: setFound,
  });
  const { rows } = board;
  const chosen = rows.filter((row) => keys.has(keyOfRow(row)));
  return (
    <Stack>
      <ProblemNotice error={board.error} />
      {board.isPending ? <TableSkeleton /> : null}
      {board.isSuccess && rows.length === 0 ? (
        <EmptyState title={t('selling.none')}>{t('selling.noneWhy')}</EmptyState>
      ) : null}
      {rows.length > 0 && may('runs.start') ? (
        <Execute
          rows={rows}
          chosen={chosen}
          choose={(of) => setKeys(new Set(of.map(keyOfRow)))}
          asked={(accounts) => {
            setAsked((before) => [...accounts, ...before]);
            setKeys(new Set());
          }}
        />
      ) : null}
      <AskedRuns
        asked={asked}
        ended={() => void client.invalidateQueries({ queryKey: SELLING })}
        close={() => setAsked([])}
      />
      {rows.length === 0 ? null : (
        <div>
          <Sheet
            name="selling"
            label={t('selling.board')}
            columns={columns}
            rows={rows}
            keyOf={keyOfRow}
            more={{
              has: board.hasNextPage,
              isLoading: board.isFetchingNextPage,
              load: () => void board.fetchNextPage(),
            }}
          />
        </div>
      )}
      <Drawer
        opened={found !== null}
        onClose={() => setFound(null)}
        title={t('selling.ready')}
        closeButtonProps={{ 'aria-label': t('act.close') }}
      >
        {found === null ? null : <Findings row={found} name={nameOfRow(found)} />}
      </Drawer>
    </Stack>
  );
}

interface ExecuteProps {
  rows: readonly SellingRow[];
  chosen: readonly SellingRow[];
  choose(rows: readonly SellingRow[]): void;
  asked(accounts: readonly AskedOfAccount[]): void;
}

/** Numbers first, then the buttons: what is executed is what the sentence says. */
function Execute({ rows, chosen, choose, asked }: ExecuteProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const [simulation, setSimulation] = useState(false);
  const [againRefused, setAgain] = useState(false);
  const run = useMutation({
    mutationFn: (what: 'export' | 'integrate') =>
      postSellingRuns({ items: itemsOf(chosen, what), simulation, againRefused }),
    onSuccess: ({ accounts }) => asked(accounts),
  });
  const toExport = chosen.reduce((sum, row) => sum + row.toExport, 0);
  const notReady = chosen.filter(({ missing }) => missing > 0).length;
  const isOff = chosen.length === 0;
  return (
    <Stack gap="xs">
      <Group>
        <Button variant="default" onClick={() => choose(chosen.length === rows.length ? [] : rows)}>
          {chosen.length === rows.length ? t('selling.tickNone') : t('selling.tickAll')}
        </Button>
        <Button
          variant="default"
          onClick={() => choose(rows.filter((row) => row.toExport > 0 && row.missing === 0))}
        >
          {t('selling.tickReady')}
        </Button>
        <Checkbox
          label={t('selling.simulation')}
          checked={simulation}
          onChange={({ currentTarget }) => setSimulation(currentTarget.checked)}
        />
        <Checkbox
          label={t('selling.againRefused')}
          checked={againRefused}
          onChange={({ currentTarget }) => setAgain(currentTarget.checked)}
        />
      </Group>
      <Group>
        <Button disabled={isOff} loading={run.isPending} onClick={() => run.mutate('export')}>
          {t('selling.export')}
        </Button>
        <Button
          variant="default"
          disabled={isOff}
          loading={run.isPending}
          onClick={() => run.mutate('integrate')}
        >
          {t('selling.integrate')}
        </Button>
        <Text size="sm" role="status">
          {isOff
            ? t('selling.chosenNone')
            : t('selling.chosen', { count: chosen.length, places: formats.count(toExport) })}
          {notReady > 0 ? ` ${t('selling.chosenNotReady', { count: notReady })}` : ''}
        </Text>
      </Group>
      <ProblemNotice error={run.error} />
    </Stack>
  );
}
