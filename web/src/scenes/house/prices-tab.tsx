/** Prices of a product: categories by tariffs, as they are valid on a day; edited in place. */
import { Button, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PriceTable, Product } from '../../api/generated/client.ts';
import { getGetProductPricesUrl, postProductPrices } from '../../api/generated/client.ts';
import { problemOf } from '../../api/problem.ts';
import { useMay } from '../../api/session.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { TableSkeleton } from '../../ui/skeletons.tsx';
import { useFormats } from '../../words/formats.ts';
import { parseAmount } from '../../words/parse-amount.ts';
import { EditFaults, ForetoldNotice } from './edit-notice.tsx';
import { HistoryButton, subjectOf } from './history-drawer.tsx';
import type { CellKey } from './price-grid.tsx';
import { PriceGrid, readKey } from './price-grid.tsx';
import type { Tagged } from './tagged.ts';
import { over, readTagged } from './tagged.ts';
import { instantOf } from './venue-time.ts';

export function PricesTab({ product }: { product: Product }) {
  const found = useQuery({
    queryKey: ['prices', product.id],
    queryFn: () => readTagged<PriceTable>(getGetProductPricesUrl(product.id)),
  });
  if (found.isPending) return <TableSkeleton />;
  if (found.isError) return <ProblemNotice error={found.error} />;
  return <EditedPrices key={product.id} product={product} table={found.data} />;
}

function EditedPrices({ product, table }: { product: Product; table: Tagged<PriceTable> }) {
  const { t } = useTranslation();
  const [performance, setPerformance] = useState('');
  const [day, setDay] = useState('');
  const { data } = table;
  const days = useMemo(
    () => [...new Set(data.items.map((row) => row.validFrom))].filter((at) => at !== null).sort(),
    [data],
  );
  const formats = useFormats();
  if (data.tariffs.length === 0) {
    return <EmptyState title={t('prices.none')}>{t('prices.noneWhy')}</EmptyState>;
  }
  return (
    <Stack>
      <Group align="flex-end">
        <Select
          label={t('prices.performance')}
          data={[
            { value: '', label: t('prices.everyPerformance') },
            ...data.performances.map(({ id, localStart }) => ({
              value: id,
              label: formats.localStart(localStart),
            })),
          ]}
          value={performance}
          onChange={(value) => setPerformance(value ?? '')}
          searchable
          w={260}
        />
        <Select
          label={t('prices.shownAt')}
          data={[
            { value: '', label: t('prices.today') },
            ...days.map((at) => ({ value: at, label: formats.instant(at, product.timeZone) })),
          ]}
          value={day}
          onChange={(value) => setDay(value ?? '')}
          w={260}
        />
        <HistoryButton subject={subjectOf('product', product.id)} />
      </Group>
      <PriceForm
        key={performance}
        product={product}
        table={table}
        performance={performance === '' ? null : performance}
        shownAt={day === '' ? new Date().toISOString() : day}
      />
    </Stack>
  );
}

interface FormProps {
  product: Product;
  table: Tagged<PriceTable>;
  performance: string | null;
  shownAt: string;
}

function PriceForm({ product, table, performance, shownAt }: FormProps) {
  const { t } = useTranslation();
  const may = useMay();
  const client = useQueryClient();
  const [drafts, setDrafts] = useState<Readonly<Record<CellKey, string>>>({});
  const [from, setFrom] = useState('');
  const keys = Object.keys(drafts) as CellKey[];
  const amounts = keys.map((key) => parseAmount(drafts[key] ?? ''));
  const isReadable = amounts.every((amount) => Number.isInteger(amount) && amount >= 0);
  const save = useMutation({
    mutationFn: (foretell: boolean) =>
      postProductPrices(
        product.id,
        {
          lines: keys.map((key, index) => ({
            ...readKey(key),
            performance,
            amountMinor: amounts[index] ?? 0,
            ...(from === '' ? {} : { validFrom: instantOf(from, product.timeZone) }),
          })),
          foretell,
        },
        over(table.tag),
      ),
    onSuccess: async ({ outcome }) => {
      if (outcome === 'foretold') return;
      setDrafts({});
      notifications.show({ message: t('edit.saved') });
      await client.invalidateQueries({ queryKey: ['prices'] });
    },
    onError: (error) => {
      if (problemOf(error).status === 412) {
        void client.invalidateQueries({ queryKey: ['prices', product.id] });
      }
    },
  });
  return (
    <Stack>
      <PriceGrid
        table={table.data}
        performance={performance}
        shownAt={shownAt}
        drafts={drafts}
        wrong={wrongCells(save.error, keys)}
        mayEdit={may('prices.write')}
        change={(key, text) => {
          save.reset();
          setDrafts(withDraft(drafts, key, text));
        }}
      />
      {keys.length === 0 ? null : (
        <Group align="flex-end">
          <TextInput
            type="datetime-local"
            label={t('prices.from')}
            description={t('prices.fromWhy', { zone: product.timeZone })}
            value={from}
            onChange={(event) => setFrom(event.currentTarget.value)}
          />
          <Button
            variant="default"
            disabled={!isReadable}
            loading={save.isPending}
            onClick={() => save.mutate(true)}
          >
            {t('edit.foretell')}
          </Button>
          <Button
            disabled={!isReadable}
            loading={save.isPending}
            onClick={() => save.mutate(false)}
          >
            {t('prices.save', { count: keys.length })}
          </Button>
          <Button variant="subtle" onClick={() => setDrafts({})}>
            {t('edit.cancel')}
          </Button>
        </Group>
      )}
      <EditFaults error={save.error} />
      <ForetoldNotice of={save.data} />
      {may('prices.write') ? null : (
        <Text c="dimmed" size="sm">
          {t('edit.readOnly')}
        </Text>
      )}
    </Stack>
  );
}

function withDraft(drafts: Readonly<Record<CellKey, string>>, key: CellKey, text: string) {
  const { [key]: _, ...others } = drafts;
  return text === '' ? others : { ...others, [key]: text };
}

/** Cells that the server refused: `/lines/2/amountMinor`. */
function wrongCells(error: unknown, keys: readonly CellKey[]): ReadonlySet<CellKey> {
  if (error === null) return new Set();
  const lines = (problemOf(error).errors ?? []).map(({ path = '' }) => Number(path.split('/')[2]));
  return new Set(lines.flatMap((line) => keys[line] ?? []));
}
