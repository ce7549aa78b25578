/** The connections to resellers. */
import { Button, Text } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Interface } from '../../api/generated/client.ts';
import { useInterfaces, useLanguage } from '../../api/reading.ts';
import { useMay } from '../../api/session.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { nameOf } from '../../ui/names.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { SceneHead } from '../../ui/scene.tsx';
import type { SheetColumn } from '../../ui/sheet.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { TableSkeleton } from '../../ui/skeletons.tsx';
import { State } from '../../ui/state.tsx';

const TONES = { visible: 'good', hidden: 'calm', archived: 'calm' } as const;

export function InterfacesScene() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const interfaces = useInterfaces();
  const columns = useColumns();
  return (
    <>
      <SceneHead title={t('nav.interfaces')}>
        <NewButton />
      </SceneHead>
      <ProblemNotice error={interfaces.error} />
      {interfaces.isPending ? <TableSkeleton /> : null}
      {interfaces.data?.items.length === 0 ? (
        <EmptyState title={t('interfaces.none')} action={<NewButton />}>
          {t('interfaces.noneWhy')}
        </EmptyState>
      ) : null}
      {interfaces.data === undefined || interfaces.data.items.length === 0 ? null : (
        <Sheet
          name="interfaces"
          label={t('nav.interfaces')}
          columns={columns}
          rows={interfaces.data.items}
          keyOf={({ id }) => id}
          open={({ id }) =>
            navigate({ to: '/interfaces/$interface', params: { interface: id }, search: {} })
          }
        />
      )}
    </>
  );
}

/** Leads to the guide. */
function NewButton() {
  const { t } = useTranslation();
  const may = useMay();
  const navigate = useNavigate();
  if (!may('interfaces.write')) return null;
  return (
    <Button onClick={() => navigate({ to: '/interfaces/new' })}>{t('newInterface.title')}</Button>
  );
}

function useColumns(): readonly SheetColumn<Interface>[] {
  const { t } = useTranslation();
  const language = useLanguage();
  return useMemo(
    () => [
      {
        id: 'name',
        head: t('interfaces.name'),
        width: 240,
        sortBy: (row) => nameOf(row, language),
        cell: (row) => (
          <Link to="/interfaces/$interface" params={{ interface: row.id }} search={{}}>
            {nameOf(row, language)}
          </Link>
        ),
      },
      {
        id: 'code',
        head: t('interfaces.code'),
        width: 150,
        cell: ({ code }) => code,
        sortBy: ({ code }) => code,
      },
      {
        id: 'reseller',
        head: t('interfaces.reseller'),
        width: 160,
        cell: ({ reseller }) => reseller,
        sortBy: ({ reseller }) => reseller,
      },
      { id: 'account', head: t('interfaces.account'), width: 140, cell: ({ account }) => account },
      {
        id: 'policy',
        head: t('interfaces.policy'),
        width: 240,
        cell: ({ pricePolicy }) => <Text size="sm">{t(`pricePolicy.${pricePolicy}`)}</Text>,
      },
      {
        id: 'status',
        head: t('interfaces.status'),
        width: 120,
        cell: ({ status }) => <State tone={TONES[status]}>{t(`interfaceStatus.${status}`)}</State>,
      },
    ],
    [t, language],
  );
}
