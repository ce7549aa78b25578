/** What settles a difference: done here where one click does it, else a link to where it is. */
import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Difference, Reconciliation } from '../../api/generated/client.ts';
import { postInterfaceRuns } from '../../api/generated/client.ts';
import { useMay } from '../../api/session.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useRunDrawer } from '../../ui/run-drawer.tsx';
import { State } from '../../ui/state.tsx';

interface WayOutProps {
  difference: Difference;
  of: Reconciliation;
  adopt(difference: string): void;
}

export function WayOut({ difference, of, adopt }: WayOutProps) {
  const { t } = useTranslation();
  const may = useMay();
  const { cure, settledAt } = difference;
  if (settledAt !== null) return <State tone="good">{t('reconciliation.isSettled')}</State>;
  switch (cure) {
    case 'adopt':
      return may('quotas.write') ? (
        <Button size="compact-xs" variant="default" onClick={() => adopt(difference.id)}>
          {t('cure.adopt')}
        </Button>
      ) : (
        t('cure.managerAdopts')
      );
    case 'integrate':
    case 'find_out':
      // The next run asks the reseller, and integrates what it answers.
      return may('runs.start') ? <Integrate of={of} cure={cure} /> : t(`cure.${cure}`);
    case 'settle_case':
      return (
        <Link to="/cases" search={{ case: difference.case ?? undefined }}>
          {t('cure.settle_case')}
        </Link>
      );
    case 'map':
      return (
        <Link
          to="/interfaces/$interface"
          params={{ interface: of.interface.id }}
          search={{ tab: 'mappings' }}
        >
          {t('cure.map')}
        </Link>
      );
    case 'export':
    case 'take_back':
      return of.performance === null ? (
        t(`cure.${cure}`)
      ) : (
        <Link to="/performances/$performance/resellers" params={{ performance: of.performance.id }}>
          {t(`cure.${cure}`)}
        </Link>
      );
    default:
      return <LookAtSale difference={difference} of={of} />;
  }
}

/** Two have the place, or the ticket sits elsewhere: whoever decides looks at the sale first. */
function LookAtSale({ difference, of }: Omit<WayOutProps, 'adopt'>) {
  const { t } = useTranslation();
  const { cure, seat, ticket } = difference;
  const told = t(`cure.${cure}`);
  if (cure === 'ask_reseller') {
    return (
      <Link to="/interfaces/$interface" params={{ interface: of.interface.id }}>
        {told}
      </Link>
    );
  }
  // Reseated: the ticket's order; else who has the seat here.
  const bySeat = cure === 'report' && seat !== null && of.performance !== null;
  if (bySeat) {
    const performance = of.performance?.id;
    return (
      <Link to="/orders" search={{ by: 'seat', text: seat, performance }}>
        {told}
      </Link>
    );
  }
  return ticket === null ? (
    told
  ) : (
    <Link to="/orders" search={{ by: 'ticket', text: ticket }}>
      {told}
    </Link>
  );
}

function Integrate({ of, cure }: { of: Reconciliation; cure: 'integrate' | 'find_out' }) {
  const { t } = useTranslation();
  const open = useRunDrawer();
  const start = useMutation({
    mutationFn: () => postInterfaceRuns(of.interface.id, { function: 'integrate' }),
    onSuccess: ({ run }) => open(run),
  });
  return (
    <>
      <Button
        size="compact-xs"
        variant="default"
        loading={start.isPending}
        onClick={() => start.mutate()}
      >
        {t(`cure.${cure}`)}
      </Button>
      <ProblemNotice error={start.error} />
    </>
  );
}
