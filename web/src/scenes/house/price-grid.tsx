/** The table itself: what is valid stands in each cell, what one types over it beside. */
import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PriceTable } from '../../api/generated/client.ts';
import { useFormats } from '../../words/formats.ts';
import { parseAmount } from '../../words/parse-amount.ts';

/** `category|tariff`; no category: of all of them. */
export type CellKey = `${string}|${string}`;

export function readKey(key: CellKey): { category: string | null; tariff: string } {
  const [category = '', tariff = ''] = key.split('|');
  return { category: category === '' ? null : category, tariff };
}

interface GridProps {
  table: PriceTable;
  performance: string | null;
  shownAt: string;
  drafts: Readonly<Record<CellKey, string>>;
  wrong: ReadonlySet<CellKey>;
  mayEdit: boolean;
  change(key: CellKey, text: string): void;
}

export function PriceGrid(props: GridProps) {
  const { table, performance, shownAt } = props;
  const { t } = useTranslation();
  const rows = [
    ...table.categories.map(({ id, code, name }) => ({ id, head: `${code} · ${name}` })),
    { id: '', head: t('prices.everyCategory') },
  ].filter(
    ({ id }) =>
      id !== '' ||
      table.categories.length === 0 ||
      table.items.some(({ category }) => category === null),
  );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard.
    <section className="sheet" tabIndex={0} aria-label={t('houseTab.prices')}>
      <table aria-label={t('houseTab.prices')} style={{ tableLayout: 'auto' }}>
        <thead>
          <tr>
            <th scope="col">{t('prices.category')}</th>
            {table.tariffs.map(({ id, audience, code, name }) => (
              <th scope="col" key={id} style={{ minWidth: 140 }}>
                {audience}/{code}
                <div style={{ fontWeight: 400 }}>{name}</div>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ id, head }) => (
            <tr key={id}>
              <th scope="row">{head}</th>
              {table.tariffs.map((tariff) => (
                <td key={tariff.id}>
                  <PriceCell
                    {...props}
                    cell={`${id}|${tariff.id}`}
                    label={`${head}, ${tariff.audience}/${tariff.code}`}
                    valid={validPrice(table, performance, `${id}|${tariff.id}`, shownAt)}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

type CellProps = GridProps & { cell: CellKey; label: string; valid: Price | undefined };

function PriceCell({ cell, label, valid, table, drafts, wrong, mayEdit, change }: CellProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const draft = drafts[cell] ?? '';
  const now = valid === undefined ? '—' : formats.money(valid.amountMinor, table.currency);
  if (!mayEdit) return now;
  const isReadable = draft === '' || parseAmount(draft) >= 0;
  const error = isReadable ? wrong.has(cell) : t('prices.unreadable');
  return (
    <TextInput
      aria-label={label}
      placeholder={now}
      value={draft}
      error={error}
      inputMode="decimal"
      onChange={(event) => change(cell, event.currentTarget.value)}
      description={draft === '' ? undefined : t('prices.now', { amount: now })}
    />
  );
}

type Price = PriceTable['items'][number];

/** The last one that began before that instant; of one performance before that of all. */
function validPrice(
  { items }: PriceTable,
  performance: string | null,
  key: CellKey,
  at: string,
): Price | undefined {
  const { category, tariff } = readKey(key);
  const begun = items.filter(
    (price) =>
      price.category === category &&
      price.tariff === tariff &&
      (price.performance === performance || price.performance === null) &&
      (price.validFrom ?? '') <= at,
  );
  const own = begun.filter((price) => price.performance === performance);
  return (own.length > 0 ? own : begun).toSorted((one, other) =>
    (other.validFrom ?? '').localeCompare(one.validFrom ?? ''),
  )[0];
}
