/** A ticket in full. Never how to reach its buyer: nobody here has that. */
import { Alert, Stack } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { TicketInFull } from '../../api/generated/client.ts';
import { State } from '../../ui/state.tsx';
import { useFormats } from '../../words/formats.ts';
import { Facts } from './facts.tsx';
import { TicketCodes } from './ticket-codes.tsx';
import { TicketLedger } from './ticket-ledger.tsx';
import { TicketMessages } from './ticket-messages.tsx';
import { TicketOperations } from './ticket-operations.tsx';
import type { OfTicket } from './ticket-part.tsx';

export function TicketPanel({ of, timeZone }: OfTicket) {
  return (
    <Stack gap="lg" pt="xs">
      <OpenCase of={of} />
      <Marks of={of} />
      <TicketFacts of={of} timeZone={timeZone} />
      <TicketLedger of={of} timeZone={timeZone} />
      <TicketOperations of={of} timeZone={timeZone} />
      <TicketCodes of={of} timeZone={timeZone} />
      <TicketMessages of={of} timeZone={timeZone} />
    </Stack>
  );
}

/** What still waits for somebody comes first. */
function OpenCase({ of }: { of: TicketInFull }) {
  const { t } = useTranslation();
  const waiting = of.messages.flatMap((one) =>
    one.case === null || one.case.settledAt !== null ? [] : [{ ...one.case, kind: one.kind }],
  );
  if (waiting.length === 0) return null;
  return (
    <Alert color="orange" variant="outline" title={t('order.openCase')}>
      {waiting.map((one) => (
        <div key={one.id}>
          {t(`messageKind.${one.kind}`)} · {t(`class.${one.class}`)}{' '}
          <Link to="/cases" search={{ case: one.id }}>
            {t('line.case')}
          </Link>
        </div>
      ))}
    </Alert>
  );
}

function Marks({ of }: { of: TicketInFull }) {
  const { t } = useTranslation();
  const marks = (['overbooked', 'toBeRefunded', 'nameMissing', 'isTest'] as const).filter(
    (mark) => of[mark],
  );
  if (marks.length === 0) return null;
  return (
    <Stack gap={2}>
      {marks.map((mark) => (
        <State key={mark} tone={mark === 'isTest' ? 'calm' : 'warn'}>
          {t(`order.mark.${mark}`)}
        </State>
      ))}
    </Stack>
  );
}

function TicketFacts({ of, timeZone }: OfTicket) {
  const { t } = useTranslation();
  const formats = useFormats();
  const money = (minor: number | null): string | null =>
    minor === null || minor === 0 ? null : formats.money(minor, of.currency);
  const { performance, cancelledAt } = of;
  return (
    <Facts
      facts={[
        [t('order.soldAt'), formats.instant(of.soldAt, timeZone)],
        [t('order.cancelledAt'), cancelledAt && formats.instant(cancelledAt, timeZone)],
        [
          t('fact.start'),
          performance === null ? (
            of.day
          ) : (
            <Link
              key="performance"
              to="/performances/$performance/plan"
              params={{ performance: performance.id }}
            >
              {`${of.product.code} · ${formats.localStart(performance.localStart)}`}
            </Link>
          ),
        ],
        [t('fact.place'), of.seat ?? of.zone],
        [t('order.resellerSeat'), of.resellerSeat],
        [t('fact.category'), of.category],
        [t('fact.tariff'), of.tariff],
        [t('resellers.contingent'), of.contingent],
        [t('fact.name'), [of.firstName, of.lastName].filter(Boolean).join(' ')],
        [t('fact.outlet'), of.outlet],
        [t('order.price'), formats.money(of.priceMinor, of.currency)],
        [t('order.ourPrice'), of.ourPriceMinor === of.priceMinor ? null : money(of.ourPriceMinor)],
        [t('order.booked'), formats.money(of.bookedMinor, of.currency)],
        [t('order.refunded'), money(of.refundedMinor)],
        [t('fact.commission'), money(of.commissionMinor)],
        [t('order.net'), formats.money(of.netDueMinor, of.currency)],
        [t('order.vat'), money(of.vatMinor)],
      ]}
    />
  );
}
