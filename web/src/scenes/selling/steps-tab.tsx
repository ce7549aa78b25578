/** How far each product has come at each reseller: five steps, each with its day and author. */
import { Button, Drawer, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SellingProgress, SellingProgressStepsItemStep } from '../../api/generated/client.ts';
import { useMay } from '../../api/session.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import type { SheetColumn } from '../../ui/sheet.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { TableSkeleton } from '../../ui/skeletons.tsx';
import { State } from '../../ui/state.tsx';
import { useFormats } from '../../words/formats.ts';
import { SalesForm } from './sales-form.tsx';
import type { SellingFilter } from './selling-reading.ts';
import { useSteps } from './selling-reading.ts';
import { StepDialog } from './step-dialog.tsx';

const STEPS = [
  'form_sent',
  'mappings_received',
  'seats_sent',
  'test_tickets',
  'open',
] as const satisfies readonly SellingProgressStepsItemStep[];

type Opened = { of: SellingProgress; step: SellingProgressStepsItemStep };

export function StepsTab({ filter }: { filter: SellingFilter }) {
  const { t } = useTranslation();
  const found = useSteps(filter);
  const [form, setForm] = useState<SellingProgress | null>(null);
  const [opened, setOpened] = useState<Opened | null>(null);
  const columns = useColumns(setForm, setOpened);
  const { rows } = found;
  return (
    <>
      <ProblemNotice error={found.error} />
      {found.isPending ? <TableSkeleton /> : null}
      {found.isSuccess && rows.length === 0 ? (
        <EmptyState title={t('steps.none')}>{t('steps.noneWhy')}</EmptyState>
      ) : null}
      {rows.length === 0 ? null : (
        <Sheet
          name="selling-steps"
          label={t('selling.steps')}
          columns={columns}
          rows={rows}
          keyOf={({ interface: of, product }) => `${of.id} ${product.id}`}
          more={{
            has: found.hasNextPage,
            isLoading: found.isFetchingNextPage,
            load: () => void found.fetchNextPage(),
          }}
        />
      )}
      {opened === null ? null : (
        <StepDialog of={opened.of} step={opened.step} close={() => setOpened(null)} />
      )}
      <Drawer
        opened={form !== null}
        onClose={() => setForm(null)}
        size="xl"
        title={t('form.title')}
        closeButtonProps={{ 'aria-label': t('act.close') }}
      >
        {form === null ? null : <SalesForm of={form} />}
      </Drawer>
    </>
  );
}

function useColumns(
  openForm: (row: SellingProgress) => void,
  openStep: (opened: Opened) => void,
): SheetColumn<SellingProgress>[] {
  const { t } = useTranslation();
  return [
    {
      id: 'product',
      head: t('selling.product'),
      width: 150,
      cell: ({ product }) => product.code,
      sortBy: ({ product }) => product.code,
    },
    {
      id: 'interface',
      head: t('selling.interface'),
      width: 120,
      cell: ({ interface: of }) => of.code,
      sortBy: ({ interface: of }) => of.code,
    },
    ...STEPS.map(
      (step): SheetColumn<SellingProgress> => ({
        id: step,
        head: t(`step.${step}`),
        width: 142,
        cell: (row) => <Step of={row} step={step} open={() => openStep({ of: row, step })} />,
        sortBy: ({ steps }) => steps.find((one) => one.step === step)?.doneAt ?? '',
      }),
    ),
    {
      id: 'form',
      head: t('form.title'),
      width: 130,
      cell: (row) => (
        <Button
          variant="default"
          size="compact-xs"
          aria-label={t('form.openOf', {
            product: row.product.code,
            interface: row.interface.code,
          })}
          onClick={() => openForm(row)}
        >
          {t('form.open')}
        </Button>
      ),
    },
  ];
}

function Step(props: { of: SellingProgress; step: SellingProgressStepsItemStep; open(): void }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const may = useMay();
  const { of, step, open } = props;
  const done = of.steps.find((one) => one.step === step);
  const isDone = done !== undefined && done.doneAt !== null;
  const row = `${of.product.code}, ${of.interface.code}`;
  return (
    <>
      <State tone={isDone ? 'good' : 'calm'}>{t(isDone ? 'steps.done' : 'steps.toDo')}</State>
      {done !== undefined && done.doneAt !== null ? (
        <Text size="xs" c="dimmed">
          {formats.instant(done.doneAt)}
          <br />
          {done.doneBy}
        </Text>
      ) : null}
      {may('selling.write') ? (
        <Group>
          <Button
            variant="subtle"
            size="compact-xs"
            aria-label={t(isDone ? 'steps.untickOf' : 'steps.tickOf', {
              step: t(`step.${step}`),
              row,
            })}
            onClick={open}
          >
            {t(isDone ? 'steps.untick' : 'steps.tick')}
          </Button>
        </Group>
      ) : null}
    </>
  );
}
