/** Everybody of the house: role, second factor, last sign-in; who may, invites and changes. */
import { Button, Drawer, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { GetPeople200ItemsItem as Person } from '../../api/generated/client.ts';
import { getPeople } from '../../api/generated/client.ts';
import { useMay } from '../../api/session.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import type { SheetColumn } from '../../ui/sheet.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { TableSkeleton } from '../../ui/skeletons.tsx';
import { State } from '../../ui/state.tsx';
import { useFormats } from '../../words/formats.ts';
import { InviteForm } from './invite-form.tsx';
import { PersonPanel } from './person-panel.tsx';
import { personState } from './person-state.ts';
import { SETTINGS } from './use-act.ts';

export function PeopleTab() {
  const { t } = useTranslation();
  const may = useMay();
  const people = useQuery({ queryKey: SETTINGS.people, queryFn: () => getPeople() });
  const [open, setOpen] = useState<string | null>(null);
  const columns = useColumns();
  const isWriter = may('people.write');
  if (people.isPending) return <TableSkeleton />;
  if (people.isError) return <ProblemNotice error={people.error} />;
  const chosen = people.data.items.find(({ id }) => id === open);
  return (
    <>
      {isWriter ? (
        <Group mb="sm">
          <Button onClick={() => setOpen('new')}>{t('people.invite')}</Button>
        </Group>
      ) : null}
      <Sheet
        name="people"
        label={t('settingsTab.people')}
        columns={columns}
        rows={people.data.items}
        keyOf={({ id }) => id}
        chosen={open}
        {...(isWriter ? { open: ({ id }: Person) => setOpen(id) } : {})}
      />
      <Drawer
        opened={open !== null}
        onClose={() => setOpen(null)}
        title={open === 'new' ? t('people.invite') : chosen?.name}
        closeButtonProps={{ 'aria-label': t('act.close') }}
      >
        {open === 'new' ? <InviteForm /> : null}
        {chosen === undefined ? null : (
          <PersonPanel key={chosen.id} of={chosen} close={() => setOpen(null)} />
        )}
      </Drawer>
    </>
  );
}

function useColumns(): readonly SheetColumn<Person>[] {
  const { t } = useTranslation();
  const formats = useFormats();
  return useMemo(
    () => [
      {
        id: 'name',
        head: t('own.name'),
        width: 180,
        cell: ({ name }) => name,
        sortBy: ({ name }) => name,
      },
      {
        id: 'email',
        head: t('signIn.email'),
        width: 220,
        cell: ({ email }) => email,
        sortBy: ({ email }) => email,
      },
      {
        id: 'role',
        head: t('people.role'),
        width: 180,
        cell: ({ role }) => t(`role.${role}`),
        sortBy: ({ role }) => t(`role.${role}`),
      },
      {
        id: 'second',
        head: t('people.second'),
        width: 170,
        cell: (one) => <SecondFactor of={one} />,
      },
      {
        id: 'last',
        head: t('people.last'),
        width: 190,
        cell: ({ lastSignInAt }) =>
          lastSignInAt === null ? t('people.never') : formats.instant(lastSignInAt),
        sortBy: ({ lastSignInAt }) => lastSignInAt ?? '',
      },
      {
        id: 'state',
        head: t('people.state'),
        width: 150,
        cell: (one) => {
          const { tone, word } = personState(one);
          return <State tone={tone}>{t(`personState.${word}`)}</State>;
        },
      },
    ],
    [t, formats],
  );
}

function SecondFactor({ of }: { of: Person }) {
  const { t } = useTranslation();
  const ways = [
    ...(of.totp ? [t('people.totp')] : []),
    ...(of.passkeys > 0 ? [t('people.passkeys', { count: of.passkeys })] : []),
  ];
  if (ways.length === 0) return <State tone="warn">{t('people.secondNone')}</State>;
  return <State tone="good">{ways.join(', ')}</State>;
}
