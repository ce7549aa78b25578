/** API keys: what each may, until when, when it was last used; shown once, revoked here. */
import { Button, Drawer, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { GetKeys200ItemsItem as Key } from '../../api/generated/client.ts';
import { deleteKey, getKeys } from '../../api/generated/client.ts';
import { useMay } from '../../api/session.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import type { SheetColumn } from '../../ui/sheet.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { TableSkeleton } from '../../ui/skeletons.tsx';
import { State } from '../../ui/state.tsx';
import { useFormats } from '../../words/formats.ts';
import { ConfirmButton } from './confirm-button.tsx';
import { KeyForm } from './key-form.tsx';
import { SETTINGS, useAct } from './use-act.ts';

export function KeysTab() {
  const { t } = useTranslation();
  const may = useMay();
  const keys = useQuery({ queryKey: SETTINGS.keys, queryFn: () => getKeys() });
  const [isOpen, setOpen] = useState(false);
  const columns = useColumns();
  if (keys.isPending) return <TableSkeleton />;
  if (keys.isError) return <ProblemNotice error={keys.error} />;
  const add = may('keys.write') ? (
    <Button onClick={() => setOpen(true)}>{t('keys.add')}</Button>
  ) : null;
  return (
    <>
      {keys.data.items.length === 0 ? (
        <EmptyState title={t('keys.none')} action={add}>
          {t('keys.noneWhy')}
        </EmptyState>
      ) : (
        <>
          <Group mb="sm">{add}</Group>
          <Sheet
            name="keys"
            label={t('settingsTab.keys')}
            columns={columns}
            rows={keys.data.items}
            keyOf={({ id }) => id}
          />
        </>
      )}
      <Drawer
        opened={isOpen}
        onClose={() => setOpen(false)}
        title={t('keys.add')}
        closeButtonProps={{ 'aria-label': t('act.close') }}
      >
        <KeyForm />
      </Drawer>
    </>
  );
}

function KeyState({ of }: { of: Key }) {
  const { t } = useTranslation();
  if (of.revokedAt !== null) return <State tone="calm">{t('keys.revoked')}</State>;
  if (of.expiresAt !== null && new Date(of.expiresAt) <= new Date()) {
    return <State tone="calm">{t('keys.expired')}</State>;
  }
  return <State tone="good">{t('keys.valid')}</State>;
}

function useColumns(): readonly SheetColumn<Key>[] {
  const { t } = useTranslation();
  const formats = useFormats();
  const may = useMay();
  const canRevoke = may('keys.write');
  return useMemo(
    () => [
      {
        id: 'name',
        head: t('keys.name'),
        width: 200,
        cell: ({ name, beginning }) => (
          <>
            {name}
            <Text size="xs" c="dimmed">
              {beginning}…
            </Text>
          </>
        ),
        sortBy: ({ name }) => name,
      },
      {
        id: 'may',
        head: t('keys.may'),
        width: 260,
        cell: ({ role, scopes }) => (
          <>
            {t(`role.${role}`)}
            <Text size="xs" c="dimmed">
              {scopes === null
                ? t('keys.allOfRole')
                : scopes.map((one) => t(`action.${one.replace('.', '_')}`)).join(', ')}
            </Text>
          </>
        ),
      },
      {
        id: 'used',
        head: t('keys.used'),
        width: 180,
        cell: ({ lastUsedAt }) =>
          lastUsedAt === null ? t('people.never') : formats.instant(lastUsedAt),
      },
      {
        id: 'until',
        head: t('keys.until'),
        width: 180,
        cell: ({ expiresAt }) =>
          expiresAt === null ? t('keys.noEnd') : formats.instant(expiresAt),
      },
      { id: 'state', head: t('people.state'), width: 120, cell: (one) => <KeyState of={one} /> },
      ...(canRevoke
        ? [
            {
              id: 'do',
              head: t('keys.do'),
              width: 120,
              cell: (one: Key) => (one.revokedAt === null ? <Revoke of={one} /> : null),
            },
          ]
        : []),
    ],
    [t, formats, canRevoke],
  );
}

function Revoke({ of }: { of: Key }) {
  const { t } = useTranslation();
  const revoke = useAct(SETTINGS.keys, () => deleteKey(of.id));
  return (
    <ConfirmButton
      word={t('keys.revoke')}
      name={t('keys.revokeThis', { name: of.name })}
      effect={t('keys.revokeEffect')}
      act={revoke}
    />
  );
}
