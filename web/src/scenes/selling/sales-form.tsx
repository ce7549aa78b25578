/** The sales form of a product for a reseller: what it says, its files, its letter, its answer. */
import { Button, CopyButton, Group, Stack, Text, Textarea, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { SalesForm as Form, SellingProgress } from '../../api/generated/client.ts';
import {
  getGetInterfaceSalesFormPdfUrl,
  getGetInterfaceSalesFormXlsxUrl,
  getInterfaceSalesForm,
  postInterfaceSalesFormSent,
} from '../../api/generated/client.ts';
import { useLanguage } from '../../api/reading.ts';
import { useMay } from '../../api/session.ts';
import { FileButton } from '../../ui/file-button.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { TableSkeleton } from '../../ui/skeletons.tsx';
import { State } from '../../ui/state.tsx';
import { useFormats } from '../../words/formats.ts';
import { FormAnswer } from './form-answer.tsx';
import { SELLING } from './selling-reading.ts';

export function SalesForm({ of }: { of: SellingProgress }) {
  const { t } = useTranslation();
  const may = useMay();
  const language = useLanguage();
  const { interface: to, product } = of;
  const asked = { product: product.id, language };
  const found = useQuery({
    queryKey: [...SELLING, 'form', to.id, asked],
    queryFn: () => getInterfaceSalesForm(to.id, asked),
  });
  const name = `${to.code}-${product.code}`;
  return (
    <Stack>
      <Text fw={600}>{`${product.code} · ${to.code}`}</Text>
      <ProblemNotice error={found.error} />
      {found.isPending ? <TableSkeleton /> : null}
      {found.data === undefined ? null : (
        <>
          <Says of={found.data} />
          <Group>
            <FileButton
              url={getGetInterfaceSalesFormXlsxUrl(to.id, asked)}
              name={`${name}.xlsx`}
              label={t('form.excel')}
            />
            <FileButton
              url={getGetInterfaceSalesFormPdfUrl(to.id, asked)}
              name={`${name}.pdf`}
              label={t('form.pdf')}
            />
          </Group>
          <Letter of={found.data.letter} />
          {may('selling.write') ? <Sent interface={to.id} product={product.id} /> : null}
        </>
      )}
      {may('mappings.write') ? <FormAnswer interface={to.id} /> : null}
    </Stack>
  );
}

function Says({ of }: { of: Form }) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <Stack gap="xs">
      {of.products.map((one) => (
        <dl className="facts" key={one.id}>
          <dt>{t('form.dates')}</dt>
          <dd>{formats.count(one.dates.length)}</dd>
          <dt>{t('form.prices')}</dt>
          <dd>{formats.count(one.prices)}</dd>
          <dt>{t('form.places')}</dt>
          <dd>{formats.count(one.places)}</dd>
        </dl>
      ))}
      {of.missing.length === 0 ? null : (
        <div>
          <State tone="warn">{t('form.missing')}</State>
          <Text size="sm">{of.missing.join(', ')}</Text>
        </div>
      )}
      <Text size="sm">
        {of.codesAsked.length === 0
          ? t('form.noCodes')
          : t('form.codes', { count: of.codesAsked.length })}
      </Text>
    </Stack>
  );
}

function Letter({ of: { to, subject, text } }: { of: Form['letter'] }) {
  const { t } = useTranslation();
  const whole = [to.join(', '), subject, '', text].join('\n');
  return (
    <Stack gap="xs">
      <Title order={2}>{t('form.letter')}</Title>
      <dl className="facts">
        <dt>{t('form.to')}</dt>
        <dd>{to.length === 0 ? t('form.nobody') : to.join(', ')}</dd>
        <dt>{t('form.subject')}</dt>
        <dd>{subject}</dd>
      </dl>
      <Textarea aria-label={t('form.letter')} value={text} readOnly autosize maxRows={12} />
      <CopyButton value={whole}>
        {({ copied, copy }) => (
          <Group>
            <Button variant="default" onClick={copy}>
              {t(copied ? 'form.copied' : 'form.copy')}
            </Button>
          </Group>
        )}
      </CopyButton>
    </Stack>
  );
}

function Sent({ interface: to, product }: { interface: string; product: string }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const client = useQueryClient();
  const sent = useMutation({
    mutationFn: () => postInterfaceSalesFormSent(to, { products: [product] }),
    onSuccess: async ({ prices }) => {
      const shown = formats.count(prices);
      notifications.show({ message: t('form.sentDone', { count: prices, shown }) });
      await client.invalidateQueries({ queryKey: SELLING });
    },
  });
  return (
    <Stack gap="xs">
      <Group>
        <Button loading={sent.isPending} onClick={() => sent.mutate()}>
          {t('form.sent')}
        </Button>
        <Text size="sm" c="dimmed">
          {t('form.sentWhy')}
        </Text>
      </Group>
      <ProblemNotice error={sent.error} />
    </Stack>
  );
}
