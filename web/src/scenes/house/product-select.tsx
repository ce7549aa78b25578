/** Chooses a product of the house. */
import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Product } from '../../api/generated/client.ts';
import { getProducts } from '../../api/generated/client.ts';

export function useProducts(): readonly Product[] | undefined {
  const found = useQuery({
    queryKey: ['products', 'all'],
    queryFn: () => getProducts({ limit: 200 }),
  });
  return found.data?.items;
}

interface ProductSelectProps {
  of: readonly Product[];
  value: string;
  change(product: string): void;
}

export function ProductSelect({ of, value, change }: ProductSelectProps) {
  const { t } = useTranslation();
  return (
    <Select
      label={t('house.product')}
      data={of.map(({ id, code, name }) => ({ value: id, label: `${code} · ${name}` }))}
      value={value}
      onChange={(id) => change(id ?? '')}
      searchable
      w={360}
    />
  );
}
