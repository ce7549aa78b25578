/** One field for whatever one has in hand, and beside it what narrows the list. */
import { Button, Group, Select, TextInput } from '@mantine/core';
import type { FormEvent } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useInterfaces } from '../../api/reading.ts';
import { PerformanceSelect } from '../../ui/performance-select.tsx';
import type { OrderSearch } from './sought.ts';
import { lacksPerformance, WAYS, wayOf } from './sought.ts';

const STATES = ['valid', 'cancelled', 'exchanged'] as const;

interface OrderSearchFormProps {
  search: OrderSearch;
  change(part: OrderSearch): void;
  reset(): void;
}

export function OrderSearchForm({ search, change, reset }: OrderSearchFormProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(search.text ?? '');
  const [by, setBy] = useState<string>(WAYS.find((way) => way === search.by) ?? 'any');
  const way = wayOf({ by, text: typed });
  const find = (event: FormEvent): void => {
    event.preventDefault();
    change({ text: typed.trim() || undefined, by: by === 'any' ? undefined : by });
  };
  return (
    <form onSubmit={find}>
      <Group mb="sm" align="flex-start">
        <TextInput
          label={t('orders.find')}
          placeholder={t('orders.findHint')}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          description={typed.trim() === '' ? undefined : t(`orders.reads.${way}`)}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          maxLength={200}
          type="search"
          style={{ flex: '1 1 20rem' }}
          maw="32rem"
        />
        <Select
          label={t('orders.by')}
          data={WAYS.map((value) => ({ value, label: t(`orders.way.${value}`) }))}
          value={by}
          onChange={(value) => setBy(value ?? 'any')}
          w="15rem"
        />
        <Button type="submit" size="sm" mt="1.4rem">
          {t('orders.search')}
        </Button>
      </Group>
      <Filters search={search} change={change} reset={reset} />
    </form>
  );
}

function Filters({ search, change, reset }: OrderSearchFormProps) {
  const { t } = useTranslation();
  const interfaces = useInterfaces().data?.items ?? [];
  const all = { value: '', label: t('cases.all') };
  const day = (name: 'from' | 'until') => (
    <TextInput
      type="date"
      label={t(`orders.${name}`)}
      value={search[name] ?? ''}
      onChange={(event) => change({ [name]: event.currentTarget.value || undefined })}
      w="9rem"
    />
  );
  return (
    <Group mb="md" align="flex-end">
      <Select
        label={t('cases.interface')}
        data={[all, ...interfaces.map(({ id, code }) => ({ value: id, label: code }))]}
        value={search.interface ?? ''}
        onChange={(value) => change({ interface: value || undefined })}
        w="11rem"
      />
      <PerformanceSelect
        label={t('cases.performance')}
        value={search.performance ?? ''}
        change={(value) => change({ performance: value || undefined })}
        error={lacksPerformance(search) ? t('orders.seatOf') : undefined}
      />
      <Select
        label={t('orders.state')}
        data={[all, ...STATES.map((value) => ({ value, label: t(`ticketState.${value}`) }))]}
        value={search.state ?? ''}
        onChange={(value) => change({ state: value || undefined })}
        w="9rem"
      />
      {day('from')}
      {day('until')}
      <Button variant="subtle" onClick={reset}>
        {t('act.reset')}
      </Button>
    </Group>
  );
}
