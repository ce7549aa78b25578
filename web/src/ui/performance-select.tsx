/** Chooses a performance by what one types of it: product, code, day. */
import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { getPerformance, getPerformances } from '../api/generated/client.ts';
import { KEYS } from '../api/reading.ts';
import { useFormats } from '../words/formats.ts';

interface PerformanceSelectProps {
  label: string;
  /** Its id; '': none. */
  value: string;
  change(performance: string): void;
  error?: string | undefined;
}

const SHOWN = 50;

export function PerformanceSelect({ label, value, change, error }: PerformanceSelectProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const [typed, setTyped] = useState('');
  const found = useQuery({
    queryKey: [...KEYS.performances, 'search', typed],
    queryFn: () => getPerformances({ limit: SHOWN, ...(typed === '' ? {} : { text: typed }) }),
    placeholderData: (before) => before,
  });
  // An address may name one that is not among those found.
  const chosen = useQuery({
    queryKey: [...KEYS.performances, value],
    queryFn: () => getPerformance(value),
    enabled: value !== '',
  });
  const lines = (found.data?.items ?? []).map(({ id, productCode, localStart }) => ({
    value: id,
    label: `${productCode} · ${formats.localStart(localStart)}`,
  }));
  const one = chosen.data;
  if (one !== undefined && lines.every((line) => line.value !== one.id)) {
    const start = formats.localStart(one.localStart);
    lines.unshift({ value: one.id, label: `${one.product.code} · ${start}` });
  }
  return (
    <Select
      label={label}
      data={lines}
      value={value === '' ? null : value}
      onChange={(next) => change(next ?? '')}
      placeholder={t('cases.all')}
      searchable
      clearable
      allowDeselect
      clearButtonProps={{ 'aria-label': t('act.reset') }}
      nothingFoundMessage={t('orders.noPerformance')}
      // What is chosen is written in the field: only what a person types is looked for.
      onSearchChange={(text) => setTyped(lines.some((line) => line.label === text) ? '' : text)}
      error={error}
      w="19rem"
    />
  );
}
