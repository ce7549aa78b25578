/** The sections of Général: identity, partners, money, people. */
import {
  Button,
  Checkbox,
  Group,
  MultiSelect,
  NumberInput,
  Select,
  Stack,
  TagsInput,
  TextInput,
  Title,
} from '@mantine/core';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { InterfaceSettings } from '../../api/generated/client.ts';
import { parseAmount } from '../../words/parse-amount.ts';
import { LANGUAGES } from '../../words/texts.ts';
import { usePartners } from '../house/partners-tab.tsx';
import { useProducts } from '../house/product-select.tsx';
import type { Draft } from './general-draft.ts';
import { fieldOf } from './general-draft.ts';

export interface PartProps {
  stored: InterfaceSettings;
  draft: Draft;
  mayEdit: boolean;
  change(part: Draft): void;
}

export function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <Title order={2} mb="xs">
        {title}
      </Title>
      <Stack gap="sm">{children}</Stack>
    </section>
  );
}

const STATUSES = ['visible', 'hidden', 'archived'] as const;

export function Identity({ stored, draft, mayEdit, change }: PartProps) {
  const { t } = useTranslation();
  const names = fieldOf(draft, stored, 'names') as Draft['names'] & { fr: string };
  const status = fieldOf(draft, stored, 'status');
  return (
    <Section title={t('interface.identity')}>
      <dl className="facts">
        <dt>{t('interfaces.code')}</dt>
        <dd>{stored.code}</dd>
        <dt>{t('general.channel')}</dt>
        <dd>{t('general.stays', { value: stored.channel })}</dd>
      </dl>
      <TextInput
        label={t('interfaces.reseller')}
        value={fieldOf(draft, stored, 'reseller')}
        disabled={!mayEdit}
        onChange={(event) => change({ reseller: event.currentTarget.value })}
      />
      {LANGUAGES.map((language) => (
        <TextInput
          key={language}
          label={t('interface.nameIn', { language: t(`language.${language}`) })}
          value={names[language] ?? ''}
          withAsterisk={language === 'fr'}
          disabled={!mayEdit}
          onChange={({ currentTarget: { value } }) => {
            const { [language]: _, ...others } = names;
            const next =
              value === '' && language !== 'fr' ? others : { ...names, [language]: value };
            change({ names: next as NonNullable<Draft['names']> });
          }}
        />
      ))}
      <Select
        label={t('interfaces.status')}
        description={t(`general.statusWhy.${status}`)}
        data={STATUSES.map((value) => ({ value, label: t(`interfaceStatus.${value}`) }))}
        value={status}
        disabled={!mayEdit}
        onChange={(value) => change({ status: value as (typeof STATUSES)[number] })}
      />
    </Section>
  );
}

const named = (rows: readonly { id: string; code: string; name?: string }[]) =>
  rows.map(({ id, code, name }) => ({ value: id, label: name ?? code }));

export function Partners({ stored, draft, mayEdit, change }: PartProps) {
  const { t } = useTranslation();
  const all = usePartners();
  const products = useProducts() ?? [];
  const nullable = ['pointOfSale', 'contact', 'pendingAccount'] as const;
  const rows = { pointOfSale: all.points, contact: all.contacts, pendingAccount: all.accounts };
  return (
    <Section title={t('general.partners')}>
      <Select
        label={t('general.salesChannel')}
        data={named(all.channels)}
        value={fieldOf(draft, stored, 'salesChannel')}
        disabled={!mayEdit}
        onChange={(value) => change({ salesChannel: value ?? '' })}
      />
      {nullable.map((name) => (
        <Select
          key={name}
          label={t(`general.${name}`)}
          data={named(rows[name])}
          value={fieldOf(draft, stored, name)}
          disabled={!mayEdit}
          clearable
          clearButtonProps={{ 'aria-label': t('secret.empty') }}
          onChange={(value) => change({ [name]: value })}
        />
      ))}
      <TextInput
        label={t('interfaces.account')}
        description={stored.booked ? t('general.booked') : t('general.accountWhy')}
        value={fieldOf(draft, stored, 'account')}
        disabled={!mayEdit || stored.booked}
        onChange={(event) => change({ account: event.currentTarget.value })}
      />
      <MultiSelect
        label={t('general.products')}
        description={t('general.productsWhy')}
        data={products.map(({ id, code, name }) => ({ value: id, label: `${code} · ${name}` }))}
        value={[...fieldOf(draft, stored, 'products')]}
        disabled={!mayEdit}
        searchable
        onChange={(value) => change({ products: value })}
      />
    </Section>
  );
}

const POLICIES = ['error', 'ours', 'reseller'] as const;
const DIGITS = 100;

export function Money({ stored, draft, mayEdit, change }: PartProps) {
  const { t } = useTranslation();
  const [tolerance, setTolerance] = useState<string | null>(null);
  const minor = fieldOf(draft, stored, 'priceToleranceMinor');
  const isWrong = tolerance !== null && !(parseAmount(tolerance) >= 0);
  return (
    <Section title={t('interface.money')}>
      <Select
        label={t('interfaces.policy')}
        data={POLICIES.map((value) => ({ value, label: t(`pricePolicy.${value}`) }))}
        value={fieldOf(draft, stored, 'pricePolicy')}
        disabled={!mayEdit}
        onChange={(value) => change({ pricePolicy: value as (typeof POLICIES)[number] })}
      />
      <TextInput
        label={`${t('interface.tolerance')} (${stored.currency})`}
        inputMode="decimal"
        value={
          draft.priceToleranceMinor === undefined && !isWrong ? written(minor) : (tolerance ?? '')
        }
        error={isWrong ? t('prices.unreadable') : undefined}
        disabled={!mayEdit}
        onChange={({ currentTarget: { value } }) => {
          setTolerance(value);
          const amount = parseAmount(value);
          if (amount >= 0) change({ priceToleranceMinor: amount });
        }}
      />
      <NumberInput
        label={t('general.priceGraceHours')}
        min={0}
        max={1000}
        allowDecimal={false}
        hideControls
        value={fieldOf(draft, stored, 'priceGraceHours')}
        disabled={!mayEdit}
        onChange={(value) => {
          if (typeof value === 'number') change({ priceGraceHours: value });
        }}
      />
      <Checkbox
        label={t('general.priceIncludesCommission')}
        checked={fieldOf(draft, stored, 'priceIncludesCommission')}
        disabled={!mayEdit}
        onChange={(event) => change({ priceIncludesCommission: event.currentTarget.checked })}
      />
      <Checkbox
        label={t('general.ceilingBlocks')}
        checked={fieldOf(draft, stored, 'ceilingBlocks')}
        disabled={!mayEdit}
        onChange={(event) => change({ ceilingBlocks: event.currentTarget.checked })}
      />
      <TextInput
        label={t('interface.currency')}
        description={stored.booked ? t('general.booked') : undefined}
        value={fieldOf(draft, stored, 'currency')}
        disabled={!mayEdit || stored.booked}
        onChange={(event) => change({ currency: event.currentTarget.value.toUpperCase() })}
      />
      <TextInput
        label={t('interface.zone')}
        value={fieldOf(draft, stored, 'timeZone')}
        disabled={!mayEdit}
        onChange={(event) => change({ timeZone: event.currentTarget.value })}
      />
    </Section>
  );
}

function written(minor: number): string {
  return String(minor / DIGITS).replace('.', ',');
}

export function People({ stored, draft, mayEdit, change }: PartProps) {
  const { t } = useTranslation();
  const people = fieldOf(draft, stored, 'people');
  const put = (index: number, part: Partial<(typeof people)[number]>): void =>
    change({ people: people.map((one, at) => (at === index ? { ...one, ...part } : one)) });
  return (
    <Section title={t('interface.people')}>
      {people.map((person, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they have no key, and stay where they are.
        <Group key={index} align="flex-end">
          {(['name', 'mail', 'phone'] as const).map((field) => (
            <TextInput
              key={field}
              label={t(`general.person.${field}`)}
              value={person[field] ?? ''}
              disabled={!mayEdit}
              onChange={(event) => put(index, { [field]: event.currentTarget.value })}
            />
          ))}
          {mayEdit ? (
            <Button
              variant="subtle"
              color="red"
              aria-label={t('general.person.removeThis', { name: person.name })}
              onClick={() => change({ people: people.filter((_, at) => at !== index) })}
            >
              {t('general.person.remove')}
            </Button>
          ) : null}
        </Group>
      ))}
      {mayEdit ? (
        <div>
          <Button variant="default" onClick={() => change({ people: [...people, { name: '' }] })}>
            {t('general.person.add')}
          </Button>
        </div>
      ) : null}
      <TagsInput
        label={t('general.notifiedEmails')}
        value={[...fieldOf(draft, stored, 'notifiedEmails')]}
        disabled={!mayEdit}
        onChange={(value) => change({ notifiedEmails: value })}
      />
    </Section>
  );
}
