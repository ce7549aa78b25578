import { cliTexts } from './cli-texts.ts';

export const de = cliTexts({
  'interface.which': 'Nennen Sie die Schnittstelle: --interface CODE, eine von {codes}.',
  'interface.unknown': 'Es gibt keine Schnittstelle {code}, nur {codes}.',
  'interface.none': 'Noch keine Schnittstelle.',
  'interface.visible': 'sichtbar',
  'interface.hidden': 'verborgen',
  'interface.archived': 'archiviert',
  'performance.unknown': `Es gibt keine Vorstellung {text}. Schreiben Sie PRODUKT/CODE oder
    PRODUKT/JJJJ-MM-TTTHH:MM.`,
  'performance.several': 'Mehrere Vorstellungen heissen {text}: {which}.',
  'product.unknown': 'Es gibt kein Produkt {code}.',
  'run.unknown': 'Es gibt keine Ausführung {number}. Siehe parterre runs list.',
  'run.none': 'Noch keine Ausführung.',
  'run.not_running': 'Die Ausführung {number} läuft nicht: {state}.',
  'run.asked_to_stop': 'Die Ausführung {number} ist gebeten anzuhalten.',
  'run.waiting': 'Wartet auf die Ausführung {number} ({function}, {by}) …',
  'run.busy': `{reseller}: Die Ausführung {number} ({function}, {by}) hält das Konto. Warten Sie
    ihr Ende ab, oder lassen Sie --no-wait weg.`,
  'run.forgotten': 'Vergessene Aufzeichnungen von Aufrufen: {count}.',
  'import.report': 'Zeile für Zeile: {file}',
  'season.unknown': 'Es gibt keine Saison „{season}“. Es gibt {seasons}.',
  'word.unknown': '„{word}“ ist keine Angabe. Es gibt {words}.',
  'mappings.none': 'Noch keine Zuordnung.',
  'mappings.unknown': 'Es gibt keine Zuordnung {ids}.',
  'mappings.exported': 'Die Zuordnungen von {interface} sind in {file}.',
  'mappings.kept': 'bleibt, nicht in der Datei: {line}',
  'mappings.row': 'Zeile {row}: {fault}',
  'mappings.nothing_written': 'Nichts aus der Datei wurde geschrieben.',
  'mappings.same': 'Nichts ist anders.',
  'mappings.would':
    'Es wären: {created} neu, {updated} geändert, {removed} gelöscht. Schreiben mit --apply.',
  'mappings.saved': 'Gespeichert: {created} neu, {updated} geändert, {removed} gelöscht.',
  'mappings.freed': 'Freigegebene Meldungen: {count}.',
  'mappings.settled': 'Meldungen, die nicht unser sind: {count}.',
  'mappings.read_again': 'Neu gelesene Meldungen: {count}.',
  'mappings.replay_hindered': `Die Zuordnungen sind gespeichert, aber ihre Meldungen wurden
    nicht alle neu gelesen: {problem}. Starten Sie parterre replay, wenn das geklärt ist.`,
  'mappings.every_season': 'jede Saison',
  'mappings.not_ours': '(nicht unser)',
  'mappings.stays': 'bleibt: {line}: {why}',
  'copy.same_there': 'ist schon da',
  'copy.other_there': 'eine andere ist da',
  'copy.ours_missing': 'diese Saison hat das nicht',
  'queue.empty': 'Jeder gesehene Wert hat eine Zuordnung.',
  'queue.entry': '{word} „{value}“{parent}: {count} × gesehen, {first} bis {last}',
  'queue.parent': ' (mit {parent})',
  'suggestion.same_code': 'gleicher Code',
  'suggestion.numeric_neighbour': 'neben {detail}',
  'suggestion.similar_name': 'ähnlicher Name',
  'suggestion.most_used': 'zuletzt {detail} × verkauft',
  did_you_mean: 'Meinten Sie {keys}?',
  'mapping.word_unknown': '„{word}“ ist keine Angabe.',
  'mapping.season_unknown': 'Es gibt keine Saison {season}.',
  'mapping.ours_empty':
    'Unser Code fehlt. Geben Sie ihn an, oder markieren Sie den Wert als nicht unser.',
  'mapping.ours_unknown': 'Das Haus hat kein „{ours}“.',
  'mapping.ours_other_season': '„{ours}“ gehört zu einer anderen Saison ({seasons}).',
  'mapping.ours_twice': '„{ours}“ hat schon eine Zuordnung dieser Saison. Ändern Sie diese.',
  'mapping.not_ours_with_ours': `Ein Wert, der nicht unser ist, hat keinen Code von uns. Lassen
    Sie „{ours}“ weg, oder nehmen Sie die Marke fort.`,
  'mapping.value_empty': 'Ein Wert des Wiederverkäufers ist leer.',
  'mapping.value_spaces': '„{value}“ beginnt oder endet mit einem Leerzeichen.',
  'mapping.value_twice': '„{value}“ steht zweimal da.',
  'mapping.value_claimed':
    '„{value}“ hiesse zugleich „{ours}“ und „{other}“. Geben Sie ihn einem von beiden.',
  'mapping.value_also_not_ours': `„{value}“ ist „{other}“ zugeordnet und als nicht unser
    markiert. Behalten Sie eines von beiden.`,
  'mapping.product_kind': 'Wiederverkäufer dürfen „{ours}“ nicht verkaufen: {kind}.',
  'mapping.tariff_kind': `„{ours}“ darf nicht an Wiederverkäufer gehen: sein Publikum sind keine
    Gelegenheitskontakte oder -gruppen.`,
  'mapping.rule_invalid': 'Die Regel ist nicht gültig ({what}).',
  'sheet.unreadable': 'Die Datei ist keine lesbare Excel-Datei (.xlsx): {reason}',
  'sheet.too_large': 'Die Datei hat {bytes} Bytes, höchstens {most} werden gelesen.',
  'sheet.no_heading': `Die Titel (Angabe, unser Code, externe Id) stehen nicht in den ersten
    {rows} Zeilen. Beginnen Sie mit einer exportierten Datei.`,
  'sheet.heading_twice': 'Der Titel „{heading}“ steht zweimal da.',
  'sheet.not_text': `Die Zelle enthält {value}, und das ist nicht mehr das Eingegebene.
    Formatieren Sie sie als Text und geben Sie es neu ein.`,
  'sheet.word_unknown': '„{value}“ ist keine Angabe.',
  'sheet.season_unknown': 'Es gibt keine Saison „{value}“. Lassen Sie sie leer für jede Saison.',
  'sheet.yes_or_no': '„{value}“ ist weder ja noch nein.',
  'sheet.rule_unreadable': '„{value}“ ist keine Regel. Schreiben Sie sie wie {example}.',
  'sheet.id_unreadable': '„{value}“ ist keine Nummer einer Zuordnung.',
  'sheet.id_twice': 'Zeile {row} hat dieselbe Nummer. Lassen Sie sie leer für eine neue Zuordnung.',
  // Accounts, statements, prices.
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
    Beträgen abgelegt, von {author} am {entered}. Eine Korrektur hat ihre eigene Nummer.`,
  'account.statement_currency': `Das Konto ist in {account}, die Schnittstelle in {interface}:
    ihre Beträge lassen sich nicht vergleichen.`,
  'account.statement_sums': `Die Zeilen ergeben {lines}, nicht {typed}. Prüfen Sie die Datei, oder
    lassen Sie die getippte Summe weg.`,
  'account.statement_none':
    'Keine Abrechnung vom {period}. Bringen Sie eine: parterre account statement import DATEI.',
  'account.statement_line': `{period} {document}: brutto {gross}, Kommission {commission},
    {cleared} von {lines} Zeilen abgehakt ({author}, {day})`,
  'account.side_ours':
    'bei uns: brutto {gross}, Kommission {commission}, netto {net}, {tickets} Tickets',
  'account.side_theirs':
    'beim Wiederverkäufer: brutto {gross}, Kommission {commission}, netto {net}, {tickets} Tickets',
  'account.agrees': '{period} stimmt auf den Rappen.',
  'account.differences': '{count} Unterschiede:',
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
  // End of accounts.
});
