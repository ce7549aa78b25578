/** With whom the house sells: sales channels, points of sale, contacts, accounts, contingents. */
import { Stack } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type {
  Contact,
  Contingent,
  PendingAccountSettings,
  PointOfSale,
  SalesChannel,
} from '../../api/generated/client.ts';
import {
  getHouseContacts,
  getHouseContingents,
  getHousePendingAccounts,
  getHousePointsOfSale,
  getHouseSalesChannels,
  patchHouseContact,
  patchHouseContingent,
  patchHousePendingAccountsAccount,
  patchHousePointsOfSalePointOfSale,
  patchHouseSalesChannelsChannel,
  postHouseContacts,
  postHouseContingents,
  postHousePendingAccounts,
  postHousePointsOfSale,
  postHouseSalesChannels,
} from '../../api/generated/client.ts';
import type { Action } from '../../api/session.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { TableSkeleton } from '../../ui/skeletons.tsx';
import type { FieldValue, PartnerField, PartnerRow } from './partner-table.tsx';
import { PartnerTable } from './partner-table.tsx';
import { over } from './tagged.ts';

/** Everything that an interface is set up with; two scenes read it. */
export function usePartners() {
  return useQueries({
    queries: [
      { queryKey: ['sales-channels'], queryFn: () => getHouseSalesChannels() },
      { queryKey: ['points-of-sale'], queryFn: () => getHousePointsOfSale() },
      { queryKey: ['contacts'], queryFn: () => getHouseContacts() },
      { queryKey: ['pending-accounts'], queryFn: () => getHousePendingAccounts() },
      { queryKey: ['contingents'], queryFn: () => getHouseContingents() },
    ],
    combine: ([channels, points, contacts, accounts, contingents]) => ({
      error: [channels, points, contacts, accounts, contingents].find(({ error }) => error)?.error,
      isPending: [channels, points, contacts, accounts, contingents].some((one) => one.isPending),
      channels: channels.data?.items ?? [],
      points: points.data?.items ?? [],
      contacts: contacts.data?.items ?? [],
      accounts: accounts.data?.items ?? [],
      contingents: contingents.data?.items ?? [],
    }),
  });
}

export function PartnersTab() {
  const all = usePartners();
  if (all.error) return <ProblemNotice error={all.error} />;
  if (all.isPending) return <TableSkeleton />;
  return (
    <Stack gap="xl">
      <Channels of={all.channels} />
      <Points of={all.points} channels={all.channels} />
      <Contacts of={all.contacts} />
      <Accounts of={all.accounts} contacts={all.contacts} />
      <Contingents of={all.contingents} channels={all.channels} />
    </Stack>
  );
}

const nameField = (t: TFunction): PartnerField => ({
  name: 'name',
  label: t('partners.name'),
  kind: 'text',
  first: '',
});

const kindField = (t: TFunction): PartnerField => ({
  name: 'kind',
  label: t('partners.kind'),
  kind: 'one',
  first: 'external',
  choices: (['external', 'internal'] as const).map((value) => ({
    value,
    label: t(`partnerKind.${value}`),
  })),
});

const choicesOf = (rows: readonly { id: string; code: string; name?: string }[]) =>
  rows.map(({ id, code, name }) => ({ value: id, label: name ?? code }));

function rowOf<Row extends { id: string; code: string; version: string }>(
  row: Row,
  fields: readonly PartnerField[],
): PartnerRow {
  const all = row as unknown as Record<string, FieldValue>;
  const values = Object.fromEntries(fields.map(({ name, first }) => [name, all[name] ?? first]));
  return { id: row.id, code: row.code, version: row.version, values };
}

const HOUSE: { action: Action } = { action: 'house.write' };
const QUOTAS: { action: Action } = { action: 'quotas.write' };

type Kind = 'external' | 'internal';

function Channels({ of }: { of: readonly SalesChannel[] }) {
  const { t } = useTranslation();
  const fields: PartnerField[] = [
    nameField(t),
    kindField(t),
    { name: 'acceptsThirdParty', label: t('partners.thirdParty'), kind: 'flag', first: true },
  ];
  const read = (values: Readonly<Record<string, FieldValue>>) => ({
    name: String(values.name),
    kind: values.kind as Kind,
    acceptsThirdParty: values.acceptsThirdParty === true,
  });
  return (
    <PartnerTable
      title={t('partners.channels')}
      subject="sales_channel"
      {...HOUSE}
      fields={fields}
      rows={of.map((row) => rowOf(row, fields))}
      create={(code, values) => postHouseSalesChannels({ code, ...read(values) })}
      change={({ id, version }, values) =>
        patchHouseSalesChannelsChannel(id, read(values), over(version))
      }
    />
  );
}

function Points(props: { of: readonly PointOfSale[]; channels: readonly SalesChannel[] }) {
  const { t } = useTranslation();
  const fields: PartnerField[] = [
    nameField(t),
    {
      name: 'salesChannel',
      label: t('partners.channel'),
      kind: 'one',
      first: '',
      choices: choicesOf(props.channels),
    },
    { name: 'acceptsPendingAccount', label: t('partners.pending'), kind: 'flag', first: true },
  ];
  const read = (values: Readonly<Record<string, FieldValue>>) => ({
    name: String(values.name),
    salesChannel: String(values.salesChannel),
    acceptsPendingAccount: values.acceptsPendingAccount === true,
  });
  return (
    <PartnerTable
      title={t('partners.points')}
      subject="point_of_sale"
      {...HOUSE}
      fields={fields}
      rows={props.of.map((row) => rowOf(row, fields))}
      create={(code, values) => postHousePointsOfSale({ code, ...read(values) })}
      change={({ id, version }, values) =>
        patchHousePointsOfSalePointOfSale(id, read(values), over(version))
      }
    />
  );
}

function Contacts({ of }: { of: readonly Contact[] }) {
  const { t } = useTranslation();
  const fields: PartnerField[] = [
    nameField(t),
    {
      name: 'pendingAccountAuthorised',
      label: t('partners.authorised'),
      kind: 'flag',
      first: true,
    },
  ];
  const read = (values: Readonly<Record<string, FieldValue>>) => ({
    name: String(values.name),
    pendingAccountAuthorised: values.pendingAccountAuthorised === true,
  });
  return (
    <PartnerTable
      title={t('partners.contacts')}
      subject="contact"
      {...HOUSE}
      fields={fields}
      rows={of.map((row) => rowOf(row, fields))}
      create={(code, values) => postHouseContacts({ code, ...read(values) })}
      change={({ id, version }, values) => patchHouseContact(id, read(values), over(version))}
    />
  );
}

function Accounts(props: { of: readonly PendingAccountSettings[]; contacts: readonly Contact[] }) {
  const { t } = useTranslation();
  const fields: PartnerField[] = [
    {
      name: 'contact',
      label: t('partners.contact'),
      kind: 'one',
      first: '',
      choices: choicesOf(props.contacts),
    },
  ];
  return (
    <PartnerTable
      title={t('partners.accounts')}
      subject="pending_account"
      {...HOUSE}
      fields={fields}
      rows={props.of.map((row) => rowOf(row, fields))}
      create={(code, values) => postHousePendingAccounts({ code, contact: String(values.contact) })}
      change={({ id, version }, values) =>
        patchHousePendingAccountsAccount(id, { contact: String(values.contact) }, over(version))
      }
    />
  );
}

function Contingents(props: { of: readonly Contingent[]; channels: readonly SalesChannel[] }) {
  const { t } = useTranslation();
  const fields: PartnerField[] = [
    nameField(t),
    kindField(t),
    {
      name: 'salesChannels',
      label: t('partners.channels'),
      kind: 'many',
      first: [],
      choices: choicesOf(props.channels),
    },
  ];
  const read = (values: Readonly<Record<string, FieldValue>>) => ({
    name: String(values.name),
    kind: values.kind as Kind,
    salesChannels: [...(values.salesChannels as readonly string[])],
  });
  return (
    <PartnerTable
      title={t('houseTab.quotas')}
      subject="contingent"
      {...QUOTAS}
      fields={fields}
      rows={props.of.map((row) => rowOf(row, fields))}
      create={(code, values) => postHouseContingents({ code, ...read(values) })}
      change={({ id, version }, values) => patchHouseContingent(id, read(values), over(version))}
    />
  );
}
