/** Maison: prices, on-sale windows, contingents, partners and the workbook of the house. */
import { Group, Stack, Tabs } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../ui/empty-state.tsx';
import { PerformanceSelect } from '../../ui/performance-select.tsx';
import { SceneHead } from '../../ui/scene.tsx';
import { TableSkeleton } from '../../ui/skeletons.tsx';
import { PartnersTab } from './partners-tab.tsx';
import { PricesTab } from './prices-tab.tsx';
import { ProductSelect, useProducts } from './product-select.tsx';
import { QuotasTab } from './quotas-tab.tsx';
import { WindowsTab } from './windows-tab.tsx';
import { WorkbookTab } from './workbook-tab.tsx';

const TABS = ['prices', 'windows', 'quotas', 'partners', 'workbook'] as const;

export function HouseScene() {
  const { t } = useTranslation();
  const search = useSearch({ from: '/house' });
  const navigate = useNavigate({ from: '/house' });
  const tab = TABS.find((one) => one === search.tab) ?? 'prices';
  return (
    <>
      <SceneHead title={t('nav.house')} />
      <Tabs
        value={tab}
        keepMounted={false}
        onChange={(next) => navigate({ search: { ...search, tab: next ?? undefined } })}
      >
        <Tabs.List mb="md">
          {TABS.map((one) => (
            <Tabs.Tab key={one} value={one}>
              {t(`houseTab.${one}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={tab}>
          {tab === 'partners' ? <PartnersTab /> : null}
          {tab === 'workbook' ? <WorkbookTab /> : null}
          {tab === 'prices' || tab === 'windows' || tab === 'quotas' ? (
            <OfProduct tab={tab} />
          ) : null}
        </Tabs.Panel>
      </Tabs>
    </>
  );
}

function OfProduct({ tab }: { tab: 'prices' | 'windows' | 'quotas' }) {
  const { t } = useTranslation();
  const search = useSearch({ from: '/house' });
  const navigate = useNavigate({ from: '/house' });
  const products = useProducts();
  if (products === undefined) return <TableSkeleton />;
  const product = products.find(({ id }) => id === search.product) ?? products[0];
  if (product === undefined) {
    return <EmptyState title={t('house.none')}>{t('house.noneWhy')}</EmptyState>;
  }
  const performance = search.performance ?? '';
  return (
    <Stack>
      <Group align="flex-end">
        <ProductSelect
          of={products}
          value={product.id}
          change={(id) => navigate({ search: { ...search, product: id, performance: undefined } })}
        />
        {tab === 'quotas' ? (
          <PerformanceSelect
            label={t('house.performance')}
            value={performance}
            change={(id) =>
              navigate({ search: { ...search, performance: id === '' ? undefined : id } })
            }
          />
        ) : null}
      </Group>
      {tab === 'prices' ? <PricesTab product={product} /> : null}
      {tab === 'windows' ? <WindowsTab product={product} /> : null}
      {tab === 'quotas' ? (
        <QuotasTab
          scope={
            performance === ''
              ? { kind: 'product', id: product.id }
              : { kind: 'performance', id: performance }
          }
        />
      ) : null}
    </Stack>
  );
}
