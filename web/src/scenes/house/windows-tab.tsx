/** When a product is on sale on which sales channel. */
import { Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PriceTable, Product, WindowTable } from '../../api/generated/client.ts';
import {
  getGetProductWindowsUrl,
  getHouseSalesChannels,
  getProductPrices,
  postProductWindows,
} from '../../api/generated/client.ts';
import { useMay } from '../../api/session.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import type { SheetColumn } from '../../ui/sheet.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { TableSkeleton } from '../../ui/skeletons.tsx';
import { useFormats } from '../../words/formats.ts';
import { EditFaults, ForetoldNotice } from './edit-notice.tsx';
import { HistoryButton, subjectOf } from './history-drawer.tsx';
import { over, readTagged } from './tagged.ts';
import { instantOf, localOf } from './venue-time.ts';

type Window = WindowTable['items'][number];

export function WindowsTab({ product }: { product: Product }) {
  const { t } = useTranslation();
  const may = useMay();
  const [edited, setEdited] = useState<Window | 'new' | null>(null);
  const found = useQuery({
    queryKey: ['windows', product.id],
    queryFn: () => readTagged<WindowTable>(getGetProductWindowsUrl(product.id)),
  });
  const names = useNames(product);
  const columns = useColumns(product, names);
  if (found.isPending) return <TableSkeleton />;
  if (found.isError) return <ProblemNotice error={found.error} />;
  const { data, tag } = found.data;
  return (
    <Stack>
      <Group>
        {may('house.write') ? (
          <Button onClick={() => setEdited('new')}>{t('windows.add')}</Button>
        ) : null}
        <HistoryButton subject={subjectOf('product', product.id)} />
      </Group>
      {data.items.length === 0 ? (
        <EmptyState title={t('windows.none')}>{t('windows.noneWhy')}</EmptyState>
      ) : (
        <Sheet
          name="windows"
          label={t('houseTab.windows')}
          columns={columns}
          rows={data.items}
          keyOf={({ id }) => id}
          {...(may('house.write') ? { open: (row: Window) => setEdited(row) } : {})}
        />
      )}
      <Modal
        opened={edited !== null}
        onClose={() => setEdited(null)}
        title={edited === 'new' ? t('windows.add') : t('windows.edit')}
        closeButtonProps={{ 'aria-label': t('act.close') }}
        size="lg"
      >
        {edited === null ? null : (
          <WindowForm
            product={product}
            names={names}
            tag={tag}
            of={edited === 'new' ? null : edited}
            close={() => setEdited(null)}
          />
        )}
      </Modal>
    </Stack>
  );
}

interface Names {
  channels: { value: string; label: string }[];
  performances: PriceTable['performances'];
}

/** The performances of a product come with its price table. */
function useNames(product: Product): Names {
  const channels = useQuery({
    queryKey: ['sales-channels'],
    queryFn: () => getHouseSalesChannels(),
  });
  const table = useQuery({
    queryKey: ['prices', product.id, 'names'],
    queryFn: () => getProductPrices(product.id),
  });
  return {
    channels: (channels.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name })),
    performances: table.data?.performances ?? [],
  };
}

function useColumns(product: Product, names: Names): readonly SheetColumn<Window>[] {
  const { t } = useTranslation();
  const formats = useFormats();
  const zone = product.timeZone;
  return [
    {
      id: 'channel',
      head: t('windows.channel'),
      width: 240,
      cell: (row) => names.channels.find(({ value }) => value === row.salesChannel)?.label ?? '',
    },
    {
      id: 'performance',
      head: t('prices.performance'),
      width: 240,
      cell: (row) => {
        const one = names.performances.find(({ id }) => id === row.performance);
        return one === undefined
          ? t('prices.everyPerformance')
          : formats.localStart(one.localStart);
      },
    },
    {
      id: 'opens',
      head: t('windows.opens'),
      width: 220,
      cell: ({ opensAt }) => formats.instant(opensAt, zone),
      sortBy: ({ opensAt }) => opensAt,
    },
    {
      id: 'closes',
      head: t('windows.closes'),
      width: 220,
      cell: ({ closesAt }) =>
        closesAt === null ? t('windows.forEver') : formats.instant(closesAt, zone),
      sortBy: ({ closesAt }) => closesAt ?? '9',
    },
  ];
}

interface FormProps {
  product: Product;
  names: Names;
  tag: string;
  /** Null: a new one. */
  of: Window | null;
  close(): void;
}

function WindowForm({ product, names, tag, of, close }: FormProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const zone = product.timeZone;
  const [channel, setChannel] = useState(of?.salesChannel ?? '');
  const [performance, setPerformance] = useState(of?.performance ?? '');
  const [opens, setOpens] = useState(of === null ? '' : localOf(of.opensAt, zone));
  const [closes, setCloses] = useState(of?.closesAt ? localOf(of.closesAt, zone) : '');
  const save = useMutation({
    mutationFn: (how: { foretell: boolean; remove: boolean }) => {
      const line = {
        salesChannel: channel,
        performance: performance === '' ? null : performance,
        opensAt: of?.opensAt ?? instantOf(opens, zone),
        closesAt: closes === '' ? null : instantOf(closes, zone),
        remove: how.remove,
      };
      return postProductWindows(product.id, { lines: [line], foretell: how.foretell }, over(tag));
    },
    onSuccess: async ({ outcome }) => {
      if (outcome === 'foretold') return;
      notifications.show({ message: t('edit.saved') });
      await client.invalidateQueries({ queryKey: ['windows'] });
      close();
    },
    onError: () => client.invalidateQueries({ queryKey: ['windows'] }),
  });
  const isComplete = channel !== '' && opens !== '';
  return (
    <Stack>
      <Select
        label={t('windows.channel')}
        data={names.channels}
        value={channel}
        onChange={(value) => setChannel(value ?? '')}
        disabled={of !== null}
        description={of === null ? undefined : t('windows.known')}
      />
      <WindowPerformance
        names={names}
        value={performance}
        isFixed={of !== null}
        change={setPerformance}
      />
      <TextInput
        type="datetime-local"
        label={t('windows.opens')}
        description={t('windows.zone', { zone })}
        value={opens}
        disabled={of !== null}
        onChange={(event) => setOpens(event.currentTarget.value)}
      />
      <TextInput
        type="datetime-local"
        label={t('windows.closes')}
        description={t('windows.closesWhy')}
        value={closes}
        onChange={(event) => setCloses(event.currentTarget.value)}
      />
      <EditFaults error={save.error} />
      <ForetoldNotice of={save.data} />
      <Group>
        <Button
          variant="default"
          disabled={!isComplete}
          loading={save.isPending}
          onClick={() => save.mutate({ foretell: true, remove: false })}
        >
          {t('edit.foretell')}
        </Button>
        <Button
          disabled={!isComplete}
          loading={save.isPending}
          onClick={() => save.mutate({ foretell: false, remove: false })}
        >
          {t('act.save')}
        </Button>
        {of === null ? null : (
          <Button
            color="red"
            variant="outline"
            loading={save.isPending}
            onClick={() => save.mutate({ foretell: false, remove: true })}
          >
            {t('windows.remove')}
          </Button>
        )}
      </Group>
    </Stack>
  );
}

interface PerformanceProps {
  names: Names;
  value: string;
  isFixed: boolean;
  change(performance: string): void;
}

function WindowPerformance({ names, value, isFixed, change }: PerformanceProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <Select
      label={t('prices.performance')}
      data={[
        { value: '', label: t('prices.everyPerformance') },
        ...names.performances.map(({ id, localStart }) => ({
          value: id,
          label: formats.localStart(localStart),
        })),
      ]}
      value={value}
      onChange={(next) => change(next ?? '')}
      disabled={isFixed}
      searchable
    />
  );
}
