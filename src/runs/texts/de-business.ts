import { businessTexts } from '../text-types.ts';

/** Fachlich: jemand muss entscheiden. */
export const business = businessTexts({
  'product.not_sellable': `{product} kann nicht über Wiederverkäufer verkauft werden
    | Wiederverkäufer verkaufen Veranstaltungen, Wettkämpfe und Besuchstickets; dieses Produkt ist
      von anderer Art: {kind}.
    | Nehmen Sie {product} vom Verkaufsformular und melden Sie dem Wiederverkäufer dieses Ticket.`,
  'product.not_on_channel': `{product} ist auf diesem Vertriebsweg nicht im Verkauf
    | Das Produkt hat auf dem Vertriebsweg der Schnittstelle keinen Verkaufskalender.
    | Geben Sie es auf dem Vertriebsweg frei, oder akzeptieren Sie dieses Ticket einmalig.`,
  'product.outside_window': `{product} war zu diesem Zeitpunkt nicht im Verkauf
    | Der Verkauf ist vom {at}, ausserhalb des Verkaufskalenders. Es zählt der Zeitpunkt des
      Verkaufs, nicht der Übernahme.
    | Berichtigen Sie den Verkaufskalender, oder akzeptieren Sie dieses Ticket einmalig.`,
  'performance.preparing': `Die Vorstellung {performance} ist noch in Vorbereitung
    | Der Wiederverkäufer hat eine Vorstellung verkauft, die Sie noch nicht geöffnet haben.
    | Öffnen Sie die Vorstellung: die wartenden Tickets werden von selbst übernommen.`,
  'performance.suspended': `Die Vorstellung {performance} ist ausgesetzt
    | Ihr Verkauf ruht; der Wiederverkäufer kann noch Plätze haben.
    | Nehmen Sie die unverkauften Plätze von {reseller} zurück, oder öffnen Sie sie wieder.`,
  'performance.cancelled': `Die Vorstellung {performance} ist abgesagt
    | Dieser Verkauf ist jünger als die Absage.
    | Melden Sie ihn dem Wiederverkäufer, damit er erstattet, oder akzeptieren Sie ihn.`,
  'performance.closed': `Die Vorstellung {performance} ist abgeschlossen
    | Ihre Zahlen stehen fest, und eine Meldung des Wiederverkäufers betrifft sie noch.
    | Öffnen Sie sie wieder (Leitung, mit Grund), oder buchen Sie nachträglich in der laufenden
      Periode.`,
  'pass.not_valid_then': `{product} war am {day} nicht mehr gültig
    | Das Ticket wurde nach dem Ende der Gültigkeit verkauft.
    | Verlängern Sie die Gültigkeit, akzeptieren Sie das Ticket, oder melden Sie es.`,
  'seat.unknown': `Den Platz {seat} gibt es im Saal nicht
    | Kein Platz der Konfiguration dieser Vorstellung heisst so.
    | Berichtigen Sie die Zuordnung von Block, Reihe oder Platz; oder geben Sie dem Ticket einen
      anderen Platz.`,
  'seat.missing': `Das Ticket nennt keinen Platz
    | Die Kategorie {category} ist nummeriert, und die Meldung hat weder Block noch Reihe noch
      Platz.
    | Geben Sie dem Ticket einen Platz, oder melden Sie es dem Wiederverkäufer.`,
  'seat.not_in_allotment': `Der Platz {seat} ist nicht im Allotment des Wiederverkäufers
    | Er hat einen Platz verkauft, den er nicht bekommen hat oder der zurückgenommen wurde.
    | Geben Sie einen anderen Platz, nehmen Sie Hausbestand, behalten Sie das Ticket als
      Überbuchung, oder melden Sie es.`,
  'seat.other_contingent': `Der Platz {seat} gehört zu einem anderen Kontingent: {contingent}
    | Der Wiederverkäufer nennt ein Allotment, das nicht das des Platzes ist.
    | Berichtigen Sie die Zuordnung des Kontingents, verschieben Sie den Platz, oder akzeptieren
      Sie dieses Ticket.`,
  'seat.sold': `Der Platz {seat} ist schon verkauft
    | Das Ticket {holder} hat diesen Platz in derselben Vorstellung.
    | Geben Sie einem der beiden einen anderen Platz, behalten Sie Ihres, nehmen Sie das andere,
      oder melden Sie den Doppelverkauf.`,
  'seat.sold_missing_here': `Der Platz {seat} ist beim Wiederverkäufer verkauft, hier nicht
    | Für {performance} meldet er den Platz als verkauft; der Verkauf ist nicht angekommen.
    | Übernehmen Sie die Verkäufe; fehlt er weiter, verlangen Sie ihn von {person}.`,
  'seat.wrong_category': `Der Platz {seat} ist nicht in der gemeldeten Kategorie
    | Gemeldet ist {reported}; hier ist der Platz in {ours}.
    | Berichtigen Sie die Zuordnung der Kategorie oder die Kategorie des Platzes; sonst akzeptieren
      oder melden Sie das Ticket.`,
  'seat.adopted': `Der Platz {seat} wurde verkauft, ohne exportiert worden zu sein
    | Er war im Kontingent dieser Schnittstelle frei: der Verkauf ist übernommen.
    | Nichts zu tun, wenn Sie mitten in der Saison beginnen; sonst starten Sie einen Abgleich.`,
  'seat.taken_over': `Der Platz {seat} ging an ein anderes Ticket
    | Sie haben ihn diesem Ticket gegeben. {holder} hatte ihn: jetzt überbucht, oder Ihr eigener
      Verkauf, der frei wurde.
    | Geben Sie dem früheren Inhaber vor der Vorstellung einen anderen Platz, oder verständigen Sie
      ihn.`,
  'count.over': `Nicht mehr genug Plätze für {place}
    | Im Anteil des Wiederverkäufers waren noch {left}, und er hat darüber hinaus verkauft.
    | Nehmen Sie Hausbestand, geben Sie einen anderen Platz, behalten Sie das Ticket als
      Überbuchung, oder melden Sie es.`,
  'tariff.not_allowed': `Der Tarif {tariff} geht nicht an Wiederverkäufer
    | Nur Tarife für gelegentliche Kontakte oder Gruppen dürfen ihnen gegeben werden.
    | Ordnen Sie die Kundenkategorie einem anderen Tarif zu.`,
  'price.missing': `Für dieses Ticket haben Sie keinen Preis
    | Der Wiederverkäufer hat zu {reported} verkauft; für diesen Tarif und diese Kategorie gibt es
      zum Zeitpunkt des Verkaufs keinen Preis.
    | Fügen Sie den Preis hinzu, oder akzeptieren Sie seinen.`,
  'price.differs': `Der Preis weicht ab: {reported} statt {ours}
    | Der Wiederverkäufer hat zu {reported} verkauft; Ihre Preisliste sagt zum Zeitpunkt des
      Verkaufs {ours}.
    | Akzeptieren Sie die Abweichung (dieses Ticket oder alle mit derselben), berichtigen Sie Ihren
      Preis, buchen Sie Ihren, oder melden Sie es.`,
  'price.negative': `Der Preis des Tickets ist negativ oder fehlt
    | Die Meldung sagt {reported}. Ein Preis von 0 ist ein Preis; ein negativer ist keiner.
    | Melden Sie dieses Ticket an {person}.`,
  'price.grace': `Ein Preis von vor oder nach einer Änderung: {reported}
    | Ihre Preisliste sagt in diesem Augenblick {ours}; der andere Preis gilt noch eine Weile.
    | Nichts zu tun. Dauert es an, prüfen Sie, ob der Wiederverkäufer den neuen Preis hat.`,
  'price.booked_ours': `Ihr Preis ist gebucht: {ours} statt {reported}
    | Die Schnittstelle bucht bei Abweichungen Ihren Preis.
    | Der Unterschied zeigt sich in der Abrechnung des Wiederverkäufers: klären Sie ihn dort.`,
  'commission.differs': `Die Kommission ist nicht die vereinbarte: {reported} statt {ours}
    | Der Verkauf ist mit der Kommission des Wiederverkäufers gebucht.
    | Prüfen Sie die vereinbarte Kommission, oder fordern Sie den Unterschied bei der Abrechnung.`,
  'price.booked_theirs': `Der Preis des Wiederverkäufers ist gebucht: {reported} statt {ours}
    | Die Schnittstelle bucht bei Abweichungen seinen Preis.
    | Prüfen Sie Ihre Preisliste, oder das Verkaufsformular des Wiederverkäufers.`,
  'currency.differs': `Die Währung weicht ab: {reported} statt {ours}
    | Der Wiederverkäufer hat in einer anderen Währung verkauft als die der Schnittstelle.
    | Berichtigen Sie die Währung der Schnittstelle, oder melden Sie dieses Ticket.`,
  'barcode.used': `Der Strichcode {barcode} ist schon vergeben
    | Ein anderes Ticket hat diesen Code: er würde die Tür nur einmal öffnen.
    | Behalten Sie Ihres, nehmen Sie das andere, oder verlangen Sie von {person} einen neuen Code.`,
  'barcode.missing': `Das Ticket hat keinen Strichcode
    | Die Meldung enthält keinen; dieses Ticket öffnet die Tür nicht.
    | Verlangen Sie die Codes (Zutritt vorbereiten, dann abholen).`,
  'ticket.living': `Das Ticket {ticket} gibt es schon
    | Ein gültiges Ticket hat diese Nummer, und nichts kündigt seine Stornierung an.
    | Suchen Sie die Stornierung beim Wiederverkäufer; sonst behalten Sie Ihres, nehmen Sie das
      andere, oder melden Sie es.`,
  'content.differs': `Derselbe Vorgang kommt mit anderem Inhalt
    | Beim Ticket {ticket} weicht vom Übernommenen ab: {fields}.
    | Vergleichen Sie, dann behalten Sie Ihres, nehmen Sie das andere, oder melden Sie es.`,
  'sale.missing': `Der Verkauf des Tickets {ticket} ist noch nicht da
    | Seine Stornierung oder Erstattung ist da, der Verkauf nicht. Der Code ist schon gesperrt.
    | Warten Sie die nächste Übernahme ab; fehlt er weiter, verlangen Sie ihn von {person}.`,
  'blocked.behind': `Diese Meldung wartet auf eine andere
    | Sie betrifft das Ticket {ticket}, zu dem ein früherer Fall offen ist.
    | Erledigen Sie den Fall, von dem sie abhängt: diese folgt von selbst.`,
  'refund.exceeds': `Die Erstattung übersteigt den Preis
    | {amount} sind zu erstatten; das Ticket kostete {price}, und {refunded} sind schon erstattet.
    | Klären Sie es mit {person}, dann akzeptieren oder melden Sie es.`,
  'account.closed': `Das Wartekonto ist geschlossen
    | Die Verkäufe von {interface} können auf kein Konto gebucht werden.
    | Öffnen Sie das Wartekonto wieder, oder wählen Sie in der Schnittstelle ein anderes.`,
  'account.ceiling': `Die Obergrenze des Wartekontos ist erreicht
    | Der Wiederverkäufer schuldet {balance}, die Grenze ist {ceiling}.
    | Erfassen Sie eine Zahlung, heben Sie die Grenze an, oder akzeptieren Sie diese Tickets.`,
  'names.missing': `Auf dem Ticket {ticket} fehlt ein Name
    | Das Produkt ist personengebunden, und der Name fehlt oder ist ein Platzhalter.
    | Akzeptieren Sie das Ticket so, oder fragen Sie den Wiederverkäufer nach dem Namen.`,
  'instant.ambiguous': `Die Stunde des Verkaufs gibt es zweimal
    | {at} liegt in der Stunde, die die Zeitumstellung wiederholt; die erste gilt.
    | Nichts zu tun, ausser wenn sich zwei Vorgänge eines Tickets kreuzen.`,
  'message.kind_not_supported': `Diese Art Meldung sendet dieser Wiederverkäufer nicht
    | Eine Meldung der Art {kind} kam, und die Schnittstelle sieht sie nicht vor.
    | Melden Sie es dem Support mit der Nummer der Ausführung: {number}.`,
  'export.not_supported': `{product} wird an diesen Wiederverkäufer nicht exportiert
    | Er nimmt für diese Art Produkt keine Plätze: das Kontingent ist eine Grenze, die bei der
      Übernahme geprüft wird.
    | Nennen Sie die Grenze auf dem Verkaufsformular.`,
  'wish.lapsed': `Die Rücknahme des Platzes {seat} ist hinfällig
    | Der Wiederverkäufer hatte ihn schon verkauft (Ticket {ticket}). Verlangt von: {by}.
    | Wählen Sie einen anderen Platz, oder geben Sie diesem Ticket einen anderen.`,
  'interface.hidden': `Die Schnittstelle {interface} ist ausgeblendet
    | Eine ausgeblendete Schnittstelle führt nichts aus.
    | Blenden Sie sie unter Allgemein ein, sobald sie bereit ist.`,
  'interface.archived': `Die Schnittstelle {interface} ist archiviert
    | Eine archivierte Schnittstelle dient nur noch dem Nachlesen.
    | Verwenden Sie die Schnittstelle, die sie ersetzt, oder holen Sie sie aus dem Archiv.`,
  'interface.no_pending_account': `Die Schnittstelle {interface} hat kein Wartekonto
    | Ohne Wartekonto kann niemand die Verkäufe des Wiederverkäufers bezahlen.
    | Wählen Sie unter Allgemein ein Wartekonto; die Verkaufsstelle muss es annehmen und der
      Kontakt dafür berechtigt sein.`,
  'interface.no_files': `{reseller} hat keine Verkaufsdateien
    | Die Schnittstelle {interface} kennt keine Datei dieses Wiederverkäufers.
    | Wählen Sie die Schnittstelle, deren Wiederverkäufer Dateien sendet, oder übernehmen Sie die
      Verkäufe über die Leitung.`,
  'import.no_performance': `Die Vorstellung der Datei ist nicht genannt
    | Die Datei nennt sie nicht, also tun Sie es. Es braucht genau eine.
    | Nennen Sie die Vorstellung (bei einem undatierten Pass das Produkt) und lesen Sie neu ein.`,
});
