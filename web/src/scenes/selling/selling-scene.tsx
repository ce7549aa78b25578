/** "Mise en vente": the night before, what goes to whom; how far each sale has come. */
import { Button, Drawer, Group, Select, Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { getProducts } from '../../api/generated/client.ts';
import { useInterfaces } from '../../api/reading.ts';
import { useMay } from '../../api/session.ts';
import type { SellingSearch } from '../../routes.tsx';
import { SceneHead } from '../../ui/scene.tsx';
import { ImportSales } from './import-sales.tsx';
import { SellingBoard } from './selling-board.tsx';
import type { SellingFilter } from './selling-reading.ts';
import { StepsTab } from './steps-tab.tsx';

export function SellingScene() {
  const { t } = useTranslation();
  const may = useMay();
  const navigate = useNavigate({ from: '/selling' });
  const search = useSearch({ from: '/selling' });
  const change = (part: SellingSearch): void => {
    void navigate({ search: (before) => ({ ...before, ...part }) });
  };
  const [importing, setImporting] = useState(false);
  const filter: SellingFilter = {
    ...(search.interface === undefined ? {} : { interface: search.interface }),
    ...(search.product === undefined ? {} : { product: search.product }),
  };
  const isOpen = importing || search.import !== undefined;
  return (
    <>
      <SceneHead title={t('nav.selling')}>
        {may('runs.start') ? (
          <Button variant="default" onClick={() => setImporting(true)}>
            {t('selling.importFile')}
          </Button>
        ) : null}
      </SceneHead>
      <Filters search={search} change={change} />
      <Tabs
        value={search.tab === 'steps' ? 'steps' : 'board'}
        keepMounted={false}
        onChange={(tab) => change({ tab: tab === 'steps' ? 'steps' : undefined })}
      >
        <Tabs.List mb="md">
          <Tabs.Tab value="board">{t('selling.board')}</Tabs.Tab>
          <Tabs.Tab value="steps">{t('selling.steps')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="board">
          <SellingBoard filter={filter} />
        </Tabs.Panel>
        <Tabs.Panel value="steps">
          <StepsTab filter={filter} />
        </Tabs.Panel>
      </Tabs>
      <Drawer
        opened={isOpen && may('runs.start')}
        onClose={() => {
          setImporting(false);
          change({ import: undefined });
        }}
        size="xl"
        title={t('selling.importTitle')}
        closeButtonProps={{ 'aria-label': t('act.close') }}
      >
        <ImportSales first={search.import ?? search.interface} />
      </Drawer>
    </>
  );
}

function Filters(of: { search: SellingSearch; change(part: SellingSearch): void }) {
  const { t } = useTranslation();
  const { search, change } = of;
  const interfaces = useInterfaces().data?.items ?? [];
  const products = useProducts();
  const all = { value: '', label: t('cases.all') };
  return (
    <Group mb="md" align="flex-end">
      <Select
        label={t('selling.interface')}
        data={[all, ...interfaces.map(({ id, code }) => ({ value: id, label: code }))]}
        value={search.interface ?? ''}
        onChange={(value) => change({ interface: value || undefined })}
      />
      <Select
        label={t('selling.product')}
        searchable
        data={[all, ...products.map(({ id, code }) => ({ value: id, label: code }))]}
        value={search.product ?? ''}
        onChange={(value) => change({ product: value || undefined })}
      />
    </Group>
  );
}

/** As many as a select can usefully list; the rest is found by typing the code elsewhere. */
const PRODUCTS_MAX = 200;

function useProducts() {
  const found = useQuery({
    queryKey: ['products', PRODUCTS_MAX],
    queryFn: () => getProducts({ limit: PRODUCTS_MAX }),
  });
  return found.data?.items ?? [];
}
