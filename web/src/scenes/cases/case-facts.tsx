/** What the reseller told of a ticket, and what of it we know in our words. */
import { Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { CaseInFull } from '../../api/generated/client.ts';
import { useFormats } from '../../words/formats.ts';

export function CaseFacts({ shown }: { shown: CaseInFull }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { case: of, message, ours } = shown;
  const currency = textOf(message.currency);
  const money = (minor: unknown): string =>
    typeof minor === 'number' && currency !== '' ? formats.money(minor, currency) : '';
  // A number stays a reseller's word until its sale is integrated: then its order is found by it.
  const order = (
    <Link to="/orders" search={{ by: 'ticket', text: of.ticket }}>
      {t('case.order')}
    </Link>
  );
  const facts: [string, string][] = [
    [t('fact.order'), of.order ?? ''],
    [t('fact.operation'), t(`messageKind.${of.kind}`, { defaultValue: of.kind })],
    [t('fact.at'), formats.instant(of.operationAt)],
    [t('fact.product'), both(message.product, ours.product)],
    [t('fact.start'), formatStart(message.start, formats.localStart)],
    [t('fact.category'), both(message.category, ours.category)],
    [t('fact.tariff'), both(message.tariff, ours.tariff)],
    [t('fact.place'), of.seat ?? [message.block, message.row, message.seat].map(textOf).join(' ')],
    [t('fact.price'), money(message.priceMinor)],
    [t('fact.givenBack'), money(message.givenBackMinor)],
    [t('fact.commission'), money(message.commissionMinor)],
    [t('fact.name'), [message.firstName, message.lastName].map(textOf).join(' ')],
    [t('fact.barcode'), textOf(message.barcode)],
    [t('fact.outlet'), textOf(message.outlet)],
  ];
  return (
    <section>
      <Title order={3} mb="xs">
        {t('case.facts')}
      </Title>
      <dl className="facts">
        <dt>{t('fact.ticket')}</dt>
        <dd>
          {of.ticket} · {order}
        </dd>
        {facts
          .filter(([, value]) => value.trim() !== '')
          .map(([name, value]) => (
            <div key={name} style={{ display: 'contents' }}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
    </section>
  );
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** Theirs, and ours beside it where it is known. */
function both(theirs: unknown, ours: unknown): string {
  return [textOf(theirs), textOf(ours)].filter((one) => one !== '').join(' → ');
}

function formatStart(start: unknown, format: (text: string) => string): string {
  return typeof start === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(start) ? format(start) : '';
}
