/** What `parterre account` and `parterre prices` say in English. */
export const account = {
  'account.none': 'No pending account yet. A house file brings them (pending_accounts).',
  'account.which': 'Say which pending account: --account CODE, one of {codes}.',
  'account.unknown': 'There is no pending account {code}, only {codes}.',
  'account.balance': '{account} ({contact}): {balance} owed, no ceiling.',
  'account.balance_of_ceiling':
    '{account} ({contact}): {balance} owed, {percent} % of the ceiling of {ceiling}.',
  'account.checked': 'The ledger adds up to {ledger}, as the balance says.',
  'account.check_failed':
    'The ledger adds up to {ledger}, but the balance says {balance}. Call support.',
  'account.interface': '{interface} ({reseller}): last good integration {last}.',
  'account.interface_never': '{interface} ({reseller}): no good integration yet.',
  'account.opened_at': 'Sales before {at} make no entry.',
  'account.closed_through': 'Closed through {period} ({by}, {day}).',
  'account.all_open': 'No month is closed.',
  'account.columns': 'month|gross|commission|net|invoiced|paid|adjusted|owed',
  'account.waiting': 'Waiting in open cases: {cases} messages, {amount}.',
  'account.sold': '{period}: sold {sales}, given back {refunds}, gross {gross}.',
  'account.vat': 'VAT {rate} %: {vat} in {gross}.',
  'account.net': 'Commission {commission} (VAT in it {vat}), net {net}.',
  'account.late': 'Late entries, from closed months: {entries}, {amount}.',
  'account.kind_sale': 'sale',
  'account.kind_refund': 'refund',
  'account.kind_commission': 'commission',
  'account.kind_payment': 'payment',
  'account.kind_commission_invoice': 'commission invoice',
  'account.kind_adjustment': 'adjustment',
  'account.amount_unreadable': '"{amount}" is no amount. Write it as {example}.',
  'account.entered': '{kind} {document}, {amount}: {account} now owes {balance}.',
  'account.entered_late': 'Its month is closed: it counts in {period}, as a late entry.',
  'account.invoice_booked':
    '{booked} of it was booked with the sales already and is not counted twice.',
  'account.known': '{document} is entered already. Nothing was written.',
  'account.ceiling_waits':
    '{cases} messages waited for room under the ceiling. Take them up: parterre replay.',
  'account.amount_zero': 'An entry of 0 says nothing. Give its amount.',
  'account.document_missing': 'The number of the document is missing: --document NUMBER.',
  'account.reason_missing': 'Nothing else explains an adjustment. Say why: --reason TEXT.',
  'account.day_future': '{day} is still to come. Enter it then, or correct the day.',
  'account.document_differs': `{document} is entered already, by {author} on {entered}, with
    {amount} or another day. Correct yours, or enter the difference as an adjustment.`,
  'account.period_closed': `{period} is closed (all through {through}). Enter it late, with its
    day kept: --late books it in {open}.`,
  'account.period_order': 'Months are closed in order: close {next} before {period}.',
  'account.period_running':
    '{period} still runs: its sales are still to come. Wait for its end, or say --even-running.',
  'account.period_future': '{period} has not begun. A month to come is not closed.',
  'account.period_unreadable': '"{period}" is no month. Write it as 2026-11.',
  'account.day_unreadable': '"{day}" is no day. Write it as 2026-11-24.',
  'account.period_is_closed':
    '{period} of {account} is closed. Later operations of it are booked late.',
  'account.period_known': '{period} was closed already.',
  'account.open_cases': '{interface}: {cases} open cases of this time would be booked late.',
  'account.integration_old':
    '{interface}: the last good integration, {last}, began before the end of the month.',
  'account.integration_none': '{interface}: no good integration yet.',
  'account.close_anyway':
    'Nothing was closed. See to this first, or close with --despite-warnings.',
  'account.ceiling_set':
    'The ceiling of {account} is {ceiling} now, it was {before}; {balance} owed.',
  'account.no_ceiling': 'none',
  'account.ceiling_negative': 'A ceiling is not below 0. For none, say none.',
  'account.statement_kept': `Statement {document} of {period} is kept: {lines} lines, gross
    {gross}, commission {commission}. Compare it: parterre account statement compare.`,
  'account.statement_differs': `Statement {document} of {period} is kept already with other
    amounts, by {author} on {entered}. A correction has a number of its own, and may replace it:
    --replaces {document}.`,
  'account.statement_unknown':
    'There is no statement {document} of {period} to replace. See parterre account statement list.',
  'account.statement_currency':
    'The account is in {account}, the interface in {interface}: their amounts cannot be compared.',
  'account.statement_sums':
    'The lines add up to {lines}, not to {typed}. Check the file, or leave the typed total out.',
  'account.statement_none_ever': 'No statement. Bring one: parterre account statement import FILE.',
  'account.statement_none':
    'No statement of {period} is kept. Bring one: parterre account statement import FILE.',
  'account.statement_line': `{period} {document}: gross {gross}, commission {commission},
    {cleared} of {lines} lines cleared ({author}, {day})`,
  'account.side_ours': 'ours: gross {gross}, commission {commission}, net {net}, tickets {tickets}',
  'account.side_theirs':
    'theirs: gross {gross}, commission {commission}, net {net}, tickets {tickets}',
  'account.agrees': '{period} agrees to the cent.',
  'account.differences': 'Differences: {count}',
  'account.cleared': '{cleared} lines cleared now, {open} without agreement.',
  'account.difference': '{what}: ours {ours}, theirs {theirs}: {cause}',
  'account.ticket': 'ticket {ticket}',
  'account.passes': 'passes',
  'account.whole': 'in all',
  'account.cause_open_case': 'an open case',
  'account.cause_test': 'a test ticket here',
  'account.cause_other_period': 'its operations here are of another month',
  'account.cause_before_opening': 'sold before the account opened',
  'account.cause_late_entry': 'it came after the closing and is booked in {period}',
  'account.cause_missing_here': 'missing here',
  'account.cause_missing_there': 'missing there',
  'account.cause_amount': 'the amounts differ',
  'account.cause_commission': 'the commissions differ',
  'account.file_line': 'line {line}: {fault}',
  'account.nothing_kept': 'Nothing of the file was kept.',
  'statement.table': '{message} {cure}',
  'statement.empty': 'There is no line under the headings.',
  'statement.amount': '"{value}" is no amount that can be read in one way.',
  'statement.neither': 'The line names neither a ticket nor a performance.',
  'statement.performance':
    'There is no performance "{value}". Write PRODUCT/CODE, or product and start.',
  'prices.none': '{reseller} was told every price.',
  'prices.line': '{what}: {before} → {amount} from {from}',
  'prices.to_announce': `To be announced to {reseller}: {count}. The e-mail: parterre prices mail;
    once sent: parterre prices announce.`,
  'prices.announced': 'Marked as announced to {reseller}: {count}.',
  'prices.every_performance': 'every performance',
  'prices.every_category': 'every category',
  'prices.first': 'none',
} as const;
