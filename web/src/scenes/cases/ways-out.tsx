/** The ways out of a case as buttons, each with what it would do; one opens the form to do it. */
import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Case, CaseInFullWaysItem } from '../../api/generated/client.ts';
import { useMay } from '../../api/session.ts';
import { EffectLines } from './effect-lines.tsx';
import { SettleForm } from './settle-form.tsx';

interface WaysProps {
  of: Case;
  ways: readonly CaseInFullWaysItem[];
  close(): void;
}

export function WaysOut({ of, ways, close }: WaysProps) {
  const { t } = useTranslation();
  const may = useMay();
  const [chosen, setChosen] = useState<string | null>(null);
  // What a role may not do is not shown.
  const shown = ways.filter(({ manager }) => !manager || may('cases.accept_money'));
  const hidden = ways.length - shown.length;
  return (
    <section>
      <Title order={3} mb="xs">
        {t('case.ways')}
      </Title>
      <Stack gap="xs">
        {shown.map((way) => (
          <Paper key={way.way} withBorder p="sm">
            <Group justify="space-between" wrap="nowrap" align="flex-start">
              <div>
                <Text fw={600}>{t(`way.${way.way}`)}</Text>
                <Foretold way={way} />
              </div>
              <Button
                variant={chosen === way.way ? 'filled' : 'default'}
                disabled={way.refusal !== null}
                aria-expanded={chosen === way.way}
                aria-label={t('case.chooseWay', { way: t(`way.${way.way}`) })}
                onClick={() => setChosen(chosen === way.way ? null : way.way)}
              >
                {t('case.choose')}
              </Button>
            </Group>
            {chosen === way.way ? <SettleForm of={of} way={way} done={close} /> : null}
          </Paper>
        ))}
        {hidden === 0 ? null : (
          <Text size="sm" c="dimmed">
            {t('case.managers', { count: hidden })}
          </Text>
        )}
      </Stack>
    </section>
  );
}

function Foretold({ way }: { way: CaseInFullWaysItem }) {
  const { t, i18n } = useTranslation();
  if (way.refusal !== null) {
    const key = `problem.${way.refusal.code.replaceAll('.', '_')}`;
    const { code, params } = way.refusal;
    return (
      <Text size="sm" c="dimmed">
        {i18n.exists(key) ? t(key, params) : t('case.refused', { code })}
      </Text>
    );
  }
  if (way.effect === null) {
    return (
      <Text size="sm" c="dimmed">
        {t('case.asks', { what: way.needs.map((one) => t(`said.${one}`)).join(', ') })}
      </Text>
    );
  }
  return <EffectLines effect={way.effect} ends={way.ends} />;
}
