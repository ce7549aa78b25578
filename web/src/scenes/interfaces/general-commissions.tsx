/** What the reseller keeps of each ticket: a history; a new one counts from now or later. */
import { Button, Checkbox, Group, Select, Stack, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CommissionTable } from '../../api/generated/client.ts';
import {
  getGetInterfaceCommissionsUrl,
  postInterfaceCommissions,
} from '../../api/generated/client.ts';
import { Sheet } from '../../ui/sheet.tsx';
import { useFormats } from '../../words/formats.ts';
import { parseAmount } from '../../words/parse-amount.ts';
import { EditFaults, ForetoldNotice } from '../house/edit-notice.tsx';
import { useProducts } from '../house/product-select.tsx';
import type { Tagged } from '../house/tagged.ts';
import { over, readTagged } from '../house/tagged.ts';
import { Section } from './general-sections.tsx';

interface CommissionProps {
  /** Id of the interface. */
  of: string;
  mayEdit: boolean;
}

export function CommissionSection({ of, mayEdit }: CommissionProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const products = useProducts();
  const found = useQuery({
    queryKey: ['commissions', of],
    queryFn: () => readTagged<CommissionTable>(getGetInterfaceCommissionsUrl(of)),
  });
  if (found.data === undefined) return null;
  const { data } = found.data;
  const amount = ({ kind, value }: CommissionTable['items'][number]): string =>
    kind === 'percent' ? `${formats.count(value / 100)} %` : formats.money(value, data.currency);
  return (
    <Section title={t('general.commission')}>
      <Sheet
        name="commissions"
        label={t('general.commission')}
        rows={data.items}
        keyOf={({ id }) => id}
        columns={[
          {
            id: 'product',
            head: t('house.product'),
            width: 240,
            cell: ({ product }) =>
              products?.find(({ id }) => id === product)?.code ?? t('general.everyProduct'),
          },
          { id: 'value', head: t('general.commission'), width: 140, cell: amount },
          {
            id: 'onTop',
            head: t('general.onTop'),
            width: 160,
            cell: ({ onTop }) => t(onTop ? 'partners.yes' : 'partners.no'),
          },
          {
            id: 'from',
            head: t('prices.from'),
            width: 210,
            cell: ({ validFrom }) => formats.instant(validFrom),
          },
        ]}
      />
      {mayEdit ? <NewCommission of={of} table={found.data} /> : null}
    </Section>
  );
}

function NewCommission({ of, table }: { of: string; table: Tagged<CommissionTable> }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const products = useProducts() ?? [];
  const [product, setProduct] = useState('');
  const [kind, setKind] = useState<'percent' | 'amount'>('percent');
  const [text, setText] = useState('');
  const [onTop, setOnTop] = useState(false);
  // Hundredths of a percent, or of the currency: two digits either way.
  const value = parseAmount(text);
  const isReady = value >= 0;
  const save = useMutation({
    mutationFn: (foretell: boolean) =>
      postInterfaceCommissions(
        of,
        { lines: [{ product: product === '' ? null : product, kind, value, onTop }], foretell },
        over(table.tag),
      ),
    onSuccess: async ({ outcome }) => {
      if (outcome === 'foretold') return;
      setText('');
      notifications.show({ message: t('edit.saved') });
      await client.invalidateQueries({ queryKey: ['commissions'] });
    },
    onError: () => client.invalidateQueries({ queryKey: ['commissions', of] }),
  });
  return (
    <Stack gap="sm">
      <Group align="flex-end">
        <Select
          label={t('general.newCommission')}
          data={[
            { value: '', label: t('general.everyProduct') },
            ...products.map(({ id, code }) => ({ value: id, label: code })),
          ]}
          value={product}
          onChange={(next) => setProduct(next ?? '')}
        />
        <TextInput
          label={t('general.value')}
          inputMode="decimal"
          value={text}
          error={text !== '' && !isReady ? t('prices.unreadable') : undefined}
          onChange={(event) => setText(event.currentTarget.value)}
          w={110}
        />
        <Select
          label={t('general.unit')}
          data={[
            { value: 'percent', label: '%' },
            { value: 'amount', label: table.data.currency },
          ]}
          value={kind}
          onChange={(next) => setKind(next as 'percent')}
          w={100}
        />
        <Checkbox
          label={t('general.onTop')}
          checked={onTop}
          onChange={(event) => setOnTop(event.currentTarget.checked)}
        />
      </Group>
      {isReady ? (
        <Group>
          <Button variant="default" loading={save.isPending} onClick={() => save.mutate(true)}>
            {t('edit.foretell')}
          </Button>
          <Button variant="default" loading={save.isPending} onClick={() => save.mutate(false)}>
            {t('general.addCommission')}
          </Button>
        </Group>
      ) : null}
      <EditFaults error={save.error} />
      <ForetoldNotice of={save.data} />
    </Stack>
  );
}
