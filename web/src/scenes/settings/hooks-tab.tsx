/** Webhooks and chat hooks: added with a secret shown once, tried, and what they were sent. */
import { Button, Drawer, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Hook } from '../../api/generated/client.ts';
import { deleteHook, getHooks, postHookSecret, postHookTry } from '../../api/generated/client.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import type { SheetColumn } from '../../ui/sheet.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { TableSkeleton } from '../../ui/skeletons.tsx';
import { useFormats } from '../../words/formats.ts';
import { ConfirmButton } from './confirm-button.tsx';
import { DeliveryTable } from './delivery-table.tsx';
import { HookForm } from './hook-form.tsx';
import { Section } from './section.tsx';
import { ToldOnce } from './told-once.tsx';
import { SETTINGS, useAct } from './use-act.ts';

export function HooksTab() {
  const { t } = useTranslation();
  const hooks = useQuery({ queryKey: SETTINGS.hooks, queryFn: () => getHooks() });
  const [open, setOpen] = useState<string | null>(null);
  const columns = useColumns();
  if (hooks.isPending) return <TableSkeleton />;
  if (hooks.isError) return <ProblemNotice error={hooks.error} />;
  const chosen = hooks.data.items.find(({ id }) => id === open);
  const add = <Button onClick={() => setOpen('new')}>{t('hooks.add')}</Button>;
  return (
    <>
      {hooks.data.items.length === 0 ? (
        <EmptyState title={t('hooks.none')} action={add}>
          {t('hooks.noneWhy')}
        </EmptyState>
      ) : (
        <>
          <Group mb="sm">{add}</Group>
          <Sheet
            name="hooks"
            label={t('settingsTab.hooks')}
            columns={columns}
            rows={hooks.data.items}
            keyOf={({ id }) => id}
            open={({ id }) => setOpen(id)}
            chosen={open}
          />
        </>
      )}
      <Section title={t('deliveries.title')}>
        <DeliveryTable hook={null} />
      </Section>
      <Drawer
        opened={open !== null}
        onClose={() => setOpen(null)}
        size="xl"
        title={open === 'new' ? t('hooks.add') : chosen?.name}
        closeButtonProps={{ 'aria-label': t('act.close') }}
      >
        {open === 'new' ? <HookForm /> : null}
        {chosen === undefined ? null : (
          <HookPanel key={chosen.id} of={chosen} close={() => setOpen(null)} />
        )}
      </Drawer>
    </>
  );
}

function useColumns(): readonly SheetColumn<Hook>[] {
  const { t } = useTranslation();
  const formats = useFormats();
  return useMemo(
    () => [
      { id: 'name', head: t('hooks.name'), width: 180, cell: ({ name }) => name },
      { id: 'kind', head: t('hooks.kind'), width: 120, cell: ({ kind }) => t(`hookKind.${kind}`) },
      { id: 'host', head: t('hooks.host'), width: 220, cell: ({ host }) => host },
      {
        id: 'kinds',
        head: t('news.kinds'),
        width: 280,
        cell: ({ kinds }) =>
          kinds === null ? t('hooks.allNews') : kinds.map((one) => t(`newsKind.${one}`)).join(', '),
      },
      {
        id: 'made',
        head: t('hooks.made'),
        width: 220,
        cell: ({ createdAt, createdBy }) => `${formats.instant(createdAt)} · ${createdBy}`,
      },
    ],
    [t, formats],
  );
}

function HookPanel({ of, close }: { of: Hook; close(): void }) {
  const { t } = useTranslation();
  const tryIt = useAct(SETTINGS.hooks, () => postHookTry(of.id));
  const renew = useAct(SETTINGS.hooks, () => postHookSecret(of.id));
  const remove = useAct(SETTINGS.hooks, () => deleteHook(of.id), close);
  const secret = renew.data?.secret;
  return (
    <>
      <ProblemNotice error={tryIt.error} />
      <Group mb="md">
        <Button loading={tryIt.isPending} onClick={() => tryIt.mutate(undefined)}>
          {t('hooks.try')}
        </Button>
        <ConfirmButton
          word={t('hooks.renew')}
          name={t('hooks.renewThis', { name: of.name })}
          effect={t('hooks.renewEffect')}
          act={renew}
        />
        <ConfirmButton
          word={t('hooks.remove')}
          name={t('hooks.removeThis', { name: of.name })}
          effect={t('hooks.removeEffect')}
          act={remove}
        />
      </Group>
      {secret === undefined ? null : (
        <ToldOnce title={t('hooks.secret')} why={t('hooks.secretWhy')} value={secret} />
      )}
      <Section title={t('deliveries.title')}>
        <DeliveryTable hook={of.id} />
      </Section>
    </>
  );
}
