/** What is owed against the ceiling, as a bar and in words. */
import { Progress, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../api/generated/client.ts';
import { State } from '../../ui/state.tsx';
import { useFormats } from '../../words/formats.ts';

/** Where the run's log warns too (docs/algorithms/money.md). */
const WARNS_PERCENT = 80;

type Filled = Pick<Account, 'balanceMinor' | 'ceilingMinor' | 'filledPercent' | 'currency'>;

export function BalanceBar({ of }: { of: Filled }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { balanceMinor, ceilingMinor, filledPercent, currency } = of;
  if (ceilingMinor === null || filledPercent === null) {
    return <Text size="sm">{t('account.noCeiling')}</Text>;
  }
  const isOver = balanceMinor >= ceilingMinor;
  const tone = isOver ? 'bad' : filledPercent >= WARNS_PERCENT ? 'warn' : 'good';
  const words = t(isOver ? 'account.over' : 'account.left', {
    percent: formats.percent(filledPercent),
    ceiling: formats.money(ceilingMinor, currency),
    rest: formats.money(Math.abs(ceilingMinor - balanceMinor), currency),
  });
  return (
    <>
      <Progress
        value={Math.max(0, Math.min(100, filledPercent))}
        color={`var(--state-${tone})`}
        aria-label={words}
        mb={4}
      />
      <State tone={tone}>{words}</State>
    </>
  );
}
