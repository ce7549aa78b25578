/**
 * What an edit was answered: each fault with what is wrong and what cures it, or what it changes,
 * in numbers, before it is written.
 */
import { Alert, List, Stack, Text } from '@mantine/core';
import { IconAlertCircle, IconInfoCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { HouseChange, HouseNote } from '../../api/generated/client.ts';
import { problemOf } from '../../api/problem.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useFormats } from '../../words/formats.ts';

const SHOWN = 20;

/** Faults of an edit; of a version that is no longer: what one typed is kept. */
export function EditFaults({ error }: { error: unknown }) {
  const { t } = useTranslation();
  if (error === null || error === undefined) return null;
  const { status, errors = [] } = problemOf(error);
  const faults = errors.filter(({ message }) => typeof message === 'string');
  if (status === 412) {
    return (
      <Alert
        role="alert"
        color="yellow"
        variant="outline"
        icon={<IconAlertCircle aria-hidden />}
        title={t('edit.changed')}
      >
        <Text size="sm">{t('edit.changedWhy')}</Text>
      </Alert>
    );
  }
  if (faults.length === 0) return <ProblemNotice error={error} />;
  return (
    <Alert
      role="alert"
      color="red"
      variant="outline"
      icon={<IconAlertCircle aria-hidden />}
      title={t('edit.refused', { count: faults.length })}
    >
      <List size="sm">
        {faults.slice(0, SHOWN).map(({ path, code, message, cure }) => (
          <List.Item key={`${path} ${code} ${String(message)}`}>
            <FaultText code={code ?? ''} message={String(message)} cure={cure} />
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}

/** In the reader's language where it has a text, and always the exact words of the server. */
export function FaultText(of: { code: string; message: string; cure?: unknown }) {
  const { t, i18n } = useTranslation();
  const own = `houseFault.${of.code.replace('house.', '')}`;
  return (
    <>
      {i18n.exists(own) ? <Text size="sm">{t(own)}</Text> : null}
      <Text size="sm" lang="en" component="span">
        {of.message}
      </Text>
      {typeof of.cure === 'string' && of.cure !== '' ? (
        <Text size="sm" fw={500} lang="en">
          → {of.cure}
        </Text>
      ) : null}
    </>
  );
}

interface Foretold {
  outcome: string;
  changes: readonly HouseChange[];
  notes: readonly HouseNote[];
  seats: { moved: number; wished: number; placed: number };
}

export function ForetoldNotice({ of }: { of: Foretold | undefined }) {
  const { t } = useTranslation();
  const formats = useFormats();
  if (of === undefined || of.outcome !== 'foretold') return null;
  const counts = (['insert', 'update', 'remove'] as const).map(
    (action) => [action, of.changes.filter((change) => change.action === action).length] as const,
  );
  const { moved, wished } = of.seats;
  return (
    <Alert
      role="status"
      variant="outline"
      icon={<IconInfoCircle aria-hidden />}
      title={t('edit.foretold')}
    >
      <Stack gap={4}>
        {of.changes.length === 0 ? <Text size="sm">{t('edit.nothing')}</Text> : null}
        {counts
          .filter(([, count]) => count > 0)
          .map(([action, count]) => (
            <Text size="sm" key={action}>
              {t(`edit.count.${action}`, { count, shown: formats.count(count) })}
            </Text>
          ))}
        {moved + wished === 0 ? null : (
          <Text size="sm">
            {t('edit.seats', { moved: formats.count(moved), wished: formats.count(wished) })}
          </Text>
        )}
        {of.notes.map(({ code, message, path }) => (
          <Text size="sm" key={`${code} ${path}`} lang="en">
            {message}
          </Text>
        ))}
      </Stack>
    </Alert>
  );
}
