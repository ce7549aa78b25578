/**
 * What went wrong, in the reader's words, beside the form that stays as it was typed. A code that
 * has no text shows what its status means, and the code itself: support can work with it.
 */
import { Alert, Button, Stack, Text } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '../api/problem.ts';

export function ProblemNotice({ error }: { error: unknown }) {
  const { t, i18n } = useTranslation();
  if (error === null || error === undefined) return null;
  const { code, status, requestId, errors = [], params = {} } = problemOf(error);
  const own = `problem.${code.replaceAll('.', '_')}`;
  const isKnown = i18n.exists(own);
  const wait = typeof params.retryAfterSeconds === 'number' ? params.retryAfterSeconds : 0;
  return (
    <Alert
      color="red"
      variant="outline"
      icon={<IconAlertCircle aria-hidden />}
      title={t('problem.title')}
      role="alert"
    >
      <Text size="sm">
        {isKnown ? t(own, { ...params }) : t(`problemStatus.${kindOf(status)}`)}
        {wait > 0 ? ` ${t('problem.wait', { count: Math.ceil(wait / 60) })}` : ''}
      </Text>
      {errors.slice(0, 5).map((one, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they have no key, and they do not change.
        <Text size="xs" key={index}>
          {[one.path, one.code].filter(Boolean).join(' · ')}
        </Text>
      ))}
      {isKnown ? null : (
        <Text size="xs" c="dimmed">
          {t('problem.code', { code, requestId: requestId === '' ? '—' : requestId })}
        </Text>
      )}
    </Alert>
  );
}

function kindOf(status: number): string {
  if (status === 0) return 'unexpected';
  if (status === 403 || status === 404 || status === 409 || status === 412) return String(status);
  if (status === 429 || status === 503) return 'later';
  return status >= 500 ? 'server' : 'refused';
}

/** Where nothing else can be shown. */
export function ProblemPage({ error, again }: { error: unknown; again: () => void }) {
  const { t } = useTranslation();
  return (
    <Stack maw="40rem" m="xl">
      <ProblemNotice error={error} />
      <div>
        <Button onClick={again}>{t('act.again')}</Button>
      </div>
    </Stack>
  );
}
