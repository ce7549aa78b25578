/** The causes that wait, tonight's first: the beginning of the list of cases. */
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useCases } from '../../api/reading.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { TableSkeleton } from '../../ui/skeletons.tsx';
import { useCaseColumns } from '../cases/case-columns.tsx';

const SHOWN = 5;

export function WaitingRoots() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const cases = useCases({ rank: 'root', state: 'open' }, SHOWN);
  const columns = useCaseColumns();
  if (cases.isPending) return <TableSkeleton />;
  if (cases.rows.length === 0) {
    return <EmptyState title={t('cases.none')}>{t('cases.noneWhy')}</EmptyState>;
  }
  return (
    <>
      <Sheet
        name="waiting"
        label={t('dashboard.waiting')}
        columns={columns}
        rows={cases.rows.slice(0, SHOWN)}
        keyOf={({ id }) => id}
        open={({ id }) => navigate({ to: '/cases', search: { case: id } })}
      />
      {cases.hasNextPage ? <Link to="/cases">{t('dashboard.allCases')}</Link> : null}
    </>
  );
}
