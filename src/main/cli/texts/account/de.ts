/** What `parterre account` and `parterre prices` say in German. */
export const account = {
  'account.none': 'Noch kein Wartekonto. Eine Hausdatei bringt sie (pending_accounts).',
  'account.which': 'Nennen Sie das Wartekonto: --account CODE, eines von {codes}.',
  'account.unknown': 'Es gibt kein Wartekonto {code}, nur {codes}.',
  'account.balance': '{account} ({contact}): {balance} geschuldet, ohne Obergrenze.',
  'account.balance_of_ceiling':
    '{account} ({contact}): {balance} geschuldet, {percent} % der Obergrenze von {ceiling}.',
  'account.checked': 'Das Buch ergibt {ledger}, wie der Saldo.',
  'account.check_failed':
    'Das Buch ergibt {ledger}, der Saldo sagt aber {balance}. Rufen Sie den Support.',
  'account.interface': '{interface} ({reseller}): letzte gute Übernahme {last}.',
  'account.interface_never': '{interface} ({reseller}): noch keine gute Übernahme.',
  'account.opened_at': 'Verkäufe vor {at} werden nicht gebucht.',
  'account.closed_through': 'Abgeschlossen bis und mit {period} ({by}, {day}).',
  'account.all_open': 'Kein Monat ist abgeschlossen.',
  'account.columns': 'Monat|brutto|Kommission|netto|verrechnet|bezahlt|berichtigt|geschuldet',
  'account.waiting': 'Wartet in offenen Fällen: {cases} Meldungen, {amount}.',
  'account.sold': '{period}: verkauft {sales}, zurückgegeben {refunds}, brutto {gross}.',
  'account.vat': 'MwSt. {rate} %: {vat} in {gross}.',
  'account.net': 'Kommission {commission} (darin MwSt. {vat}), netto {net}.',
  'account.late': 'Späte Buchungen aus abgeschlossenen Monaten: {entries}, {amount}.',
  'account.kind_sale': 'Verkauf',
  'account.kind_refund': 'Erstattung',
  'account.kind_commission': 'Kommission',
  'account.kind_payment': 'Zahlung',
  'account.kind_commission_invoice': 'Kommissionsrechnung',
  'account.kind_adjustment': 'Berichtigung',
  'account.amount_unreadable': '„{amount}“ ist kein Betrag. Schreiben Sie ihn wie {example}.',
  'account.entered': '{kind} {document}, {amount}: {account} schuldet jetzt {balance}.',
  'account.entered_late': 'Ihr Monat ist abgeschlossen: sie zählt im {period}, als späte Buchung.',
  'account.invoice_booked':
    '{booked} davon waren schon mit den Verkäufen gebucht und zählen nicht doppelt.',
  'account.known': '{document} ist schon erfasst. Nichts wurde geschrieben.',
  'account.ceiling_waits': `{cases} Meldungen warteten auf Platz unter der Obergrenze. Nehmen Sie
    sie auf: parterre replay.`,
  'account.amount_zero': 'Eine Buchung von 0 sagt nichts. Nennen Sie den Betrag.',
  'account.document_missing': 'Die Nummer des Belegs fehlt: --document NUMMER.',
  'account.reason_missing':
    'Nichts sonst erklärt eine Berichtigung. Sagen Sie warum: --reason TEXT.',
  'account.day_future':
    '{day} kommt erst noch. Erfassen Sie es dann, oder berichtigen Sie den Tag.',
  'account.document_differs': `{document} ist schon erfasst, von {author} am {entered}, mit
    {amount} oder einem andern Tag. Berichtigen Sie Ihres, oder erfassen Sie den Unterschied als
    Berichtigung.`,
  'account.period_closed': `{period} ist abgeschlossen (alles bis {through}). Erfassen Sie es
    spät, mit seinem Tag: --late bucht es im {open}.`,
  'account.period_order':
    'Monate werden der Reihe nach abgeschlossen: zuerst {next}, dann {period}.',
  'account.period_running': `{period} läuft noch: es kommen noch Verkäufe. Warten Sie sein Ende
    ab, oder sagen Sie --even-running.`,
  'account.period_future':
    '{period} hat nicht begonnen. Ein künftiger Monat wird nicht abgeschlossen.',
  'account.period_unreadable': '„{period}“ ist kein Monat. Schreiben Sie ihn wie 2026-11.',
  'account.day_unreadable': '„{day}“ ist kein Tag. Schreiben Sie ihn wie 2026-11-24.',
  'account.period_is_closed':
    '{period} von {account} ist abgeschlossen. Spätere Vorgänge daraus werden spät gebucht.',
  'account.period_known': '{period} war schon abgeschlossen.',
  'account.open_cases': '{interface}: {cases} offene Fälle aus dieser Zeit würden spät gebucht.',
  'account.integration_old':
    '{interface}: die letzte gute Übernahme, {last}, begann vor dem Monatsende.',
  'account.integration_none': '{interface}: noch keine gute Übernahme.',
  'account.close_anyway': `Nichts wurde abgeschlossen. Kümmern Sie sich zuerst darum, oder
    schliessen Sie mit --despite-warnings ab.`,
  'account.ceiling_set':
    'Die Obergrenze von {account} ist jetzt {ceiling}, sie war {before}; {balance} geschuldet.',
  'account.no_ceiling': 'keine',
  'account.ceiling_negative': 'Eine Obergrenze liegt nicht unter 0. Für keine sagen Sie none.',
  'account.statement_kept': `Die Abrechnung {document} vom {period} ist abgelegt: {lines} Zeilen,
    brutto {gross}, Kommission {commission}. Vergleichen Sie sie: parterre account statement
    compare.`,
  'account.statement_differs': `Die Abrechnung {document} vom {period} ist schon mit andern
    Beträgen abgelegt, von {author} am {entered}. Eine Korrektur hat ihre eigene Nummer und kann
    sie ersetzen: --replaces {document}.`,
  'account.statement_unknown': `Es gibt keine Abrechnung {document} vom {period} zu ersetzen.
    Siehe parterre account statement list.`,
  'account.statement_currency': `Das Konto ist in {account}, die Schnittstelle in {interface}:
    ihre Beträge lassen sich nicht vergleichen.`,
  'account.statement_sums': `Die Zeilen ergeben {lines}, nicht {typed}. Prüfen Sie die Datei, oder
    lassen Sie die getippte Summe weg.`,
  'account.statement_none_ever':
    'Keine Abrechnung. Bringen Sie eine: parterre account statement import DATEI.',
  'account.statement_none':
    'Keine Abrechnung vom {period}. Bringen Sie eine: parterre account statement import DATEI.',
  'account.statement_line': `{period} {document}: brutto {gross}, Kommission {commission},
    {cleared} von {lines} Zeilen abgehakt ({author}, {day})`,
  'account.side_ours':
    'bei uns: brutto {gross}, Kommission {commission}, netto {net}, Tickets {tickets}',
  'account.side_theirs':
    'beim Wiederverkäufer: brutto {gross}, Kommission {commission}, netto {net}, Tickets {tickets}',
  'account.agrees': '{period} stimmt auf den Rappen.',
  'account.differences': 'Unterschiede: {count}',
  'account.cleared': '{cleared} Zeilen jetzt abgehakt, {open} ohne Übereinstimmung.',
  'account.difference': '{what}: bei uns {ours}, beim Wiederverkäufer {theirs}: {cause}',
  'account.ticket': 'Ticket {ticket}',
  'account.passes': 'Billette ohne Vorstellung',
  'account.whole': 'insgesamt',
  'account.cause_open_case': 'ein offener Fall',
  'account.cause_test': 'bei uns ein Testticket',
  'account.cause_other_period': 'seine Vorgänge sind bei uns in einem andern Monat',
  'account.cause_before_opening': 'verkauft, bevor das Konto eröffnet war',
  'account.cause_late_entry': 'nach dem Abschluss gekommen, gebucht im {period}',
  'account.cause_missing_here': 'fehlt bei uns',
  'account.cause_missing_there': 'fehlt dort',
  'account.cause_amount': 'die Beträge sind verschieden',
  'account.cause_commission': 'die Kommissionen sind verschieden',
  'account.file_line': 'Zeile {line}: {fault}',
  'account.nothing_kept': 'Nichts aus der Datei wurde behalten.',
  'statement.table': '{message} {cure}',
  'statement.empty': 'Unter den Titeln steht keine Zeile.',
  'statement.amount': '„{value}“ ist kein eindeutig lesbarer Betrag.',
  'statement.neither': 'Die Zeile nennt weder ein Ticket noch eine Vorstellung.',
  'statement.performance':
    'Es gibt keine Vorstellung „{value}“. Schreiben Sie PRODUKT/CODE, oder Produkt und Beginn.',
  'prices.none': '{reseller} kennt jeden Preis.',
  'prices.line': '{what}: {before} → {amount} ab {from}',
  'prices.to_announce': `An {reseller} zu melden: {count}. Die E-Mail: parterre prices mail;
    danach: parterre prices announce.`,
  'prices.announced': 'Als an {reseller} gemeldet vermerkt: {count}.',
  'prices.every_performance': 'jede Vorstellung',
  'prices.every_category': 'jede Kategorie',
  'prices.first': 'keiner',
} as const;
