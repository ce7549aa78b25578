/** What became of each line of a file: what is wrong first, with what to do about it. */
import { Button, Checkbox, Group, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportedSales, ImportedSalesLinesItem } from '../../api/generated/client.ts';
import { ProblemError, unreachable } from '../../api/problem.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useRunDrawer } from '../../ui/run-drawer.tsx';
import type { SheetColumn } from '../../ui/sheet.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { State } from '../../ui/state.tsx';
import { useFormats } from '../../words/formats.ts';

/** More rows than that nobody reads on a page; the run's log has them all. */
const SHOWN_MAX = 500;

export function ImportReport({ of }: { of: ImportedSales }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const openRun = useRunDrawer();
  const wrong = of.lines.filter(({ problems }) => problems.length > 0);
  const [onlyWrong, setOnlyWrong] = useState(wrong.length > 0);
  const rows = (onlyWrong ? wrong : of.lines).slice(0, SHOWN_MAX);
  const hidden = (onlyWrong ? wrong.length : of.lines.length) - rows.length + of.omitted;
  const columns = useColumns();
  return (
    <Stack gap="xs">
      <Group justify="space-between">
        <State tone={wrong.length > 0 || of.failure !== null ? 'warn' : 'good'}>
          {t(of.simulation ? 'import.tried' : 'import.done', {
            count: of.lines.length + of.omitted,
            shown: formats.count(of.lines.length + of.omitted),
            wrong: formats.count(wrong.length),
          })}
        </State>
        <Button variant="subtle" onClick={() => openRun(of.run)}>
          {t('import.run', { number: of.number })}
        </Button>
      </Group>
      {of.failure === null ? null : <ProblemNotice error={failureOf(of.failure)} />}
      <Text size="sm">
        {Object.entries(of.outcomes)
          .map(([outcome, count]) => `${t(`import.outcome.${outcome}`)} : ${formats.count(count)}`)
          .join(' · ')}
      </Text>
      <Checkbox
        label={t('import.onlyWrong')}
        checked={onlyWrong}
        onChange={({ currentTarget }) => setOnlyWrong(currentTarget.checked)}
      />
      {rows.length === 0 ? null : (
        <Sheet
          name="import-lines"
          label={t('import.lines')}
          columns={columns}
          rows={rows}
          keyOf={({ line }) => String(line)}
          heightMax="28rem"
        />
      )}
      {hidden > 0 ? (
        <Text size="xs" c="dimmed">
          {t('import.hidden', { count: hidden, shown: formats.count(hidden) })}
        </Text>
      ) : null}
    </Stack>
  );
}

const failureOf = (code: string) => new ProblemError({ ...unreachable(), status: 422, code });

function useColumns(): SheetColumn<ImportedSalesLinesItem>[] {
  const { t } = useTranslation();
  return [
    {
      id: 'line',
      head: t('import.line'),
      width: 75,
      align: 'right',
      cell: ({ line }) => line,
      sortBy: ({ line }) => line,
    },
    {
      id: 'outcome',
      head: t('import.became'),
      width: 130,
      cell: ({ outcome }) => t(`import.outcome.${outcome}`),
      sortBy: ({ outcome }) => outcome,
    },
    { id: 'ticket', head: t('import.ticket'), width: 130, cell: ({ ticket }) => ticket ?? '—' },
    {
      id: 'problem',
      head: t('import.problem'),
      width: 360,
      cell: (line) => <Wrong of={line} />,
    },
  ];
}

function Wrong({ of }: { of: ImportedSalesLinesItem }) {
  const { t } = useTranslation();
  return (
    <>
      {of.problems.map(({ code, title, explanation, remedy }) => (
        <div key={code}>
          <State tone="bad">{title}</State>
          {explanation === null ? null : <Text size="sm">{explanation}</Text>}
          {remedy === null ? null : (
            <Text size="sm" fw={500}>
              {t('line.remedy', { remedy })}
            </Text>
          )}
        </div>
      ))}
      {of.case === null ? null : (
        <Link to="/cases" search={{ case: of.case }}>
          {t('line.case')}
        </Link>
      )}
    </>
  );
}
