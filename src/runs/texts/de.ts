import type { LanguageTexts } from '../text-types.ts';
import { eventTexts, otherTexts } from '../text-types.ts';
import { business } from './de-business.ts';

const other = otherTexts({
  'mapping.missing': `Zuordnung fehlt: {word} «{value}»
    | Der Wiederverkäufer verwendet «{value}», und keine Ihrer Daten ({word}) ist zugeordnet.
    | Fügen Sie die Zeile unter Zuordnungen hinzu, oder markieren Sie den Wert als «nicht unserer»;
      wartende Meldungen werden sofort übernommen.`,
  'mapping.ambiguous': `Zuordnung mehrdeutig: {word} «{value}»
    | Mehrere Ihrer Daten können gemeint sein: {candidates}.
    | Machen Sie die Zeile unter Zuordnungen genauer (etwa Parent/Code), für nur eine davon.`,
  'mapping.ours_missing': `{ours} hat beim Wiederverkäufer keinen Namen
    | Um Plätze zu senden, braucht es sein Wort für {word} {ours}.
    | Fügen Sie die Zeile {ours} unter Zuordnungen hinzu; der nächste Export nimmt sie.`,
  'external.unreachable': `{reseller} ist nicht erreichbar
    | Der Dienst {service} antwortet an seiner Adresse nicht: {detail}.
    | Versuchen Sie es später; kommt es wieder, prüfen Sie die Adresse unter Allgemein und rufen Sie
      {person} an.`,
  'external.timeout': `{reseller} hat nicht rechtzeitig geantwortet
    | Der Dienst {service} brauchte zu lange: {detail}.
    | Versuchen Sie es noch einmal; kommt es wieder, rufen Sie {person} an (der Aufruf liegt der
      Ausführung bei).`,
  'external.reset': `Die Verbindung zu {reseller} wurde unterbrochen
    | Der Dienst {service} brach die Verbindung unterwegs ab: {detail}.
    | Versuchen Sie es noch einmal; kommt es wieder, rufen Sie {person} an (der Aufruf liegt der
      Ausführung bei).`,
  'external.tls': `Die Verbindung zu {reseller} ist nicht sicher
    | Das Zertifikat des Dienstes {service} wurde abgelehnt: {detail}.
    | Umgehen Sie es nicht: fragen Sie {person}, wann das Zertifikat berichtigt ist.`,
  'external.status': `{reseller} hat den Aufruf abgelehnt (Status {status})
    | Der Dienst {service} antwortete mit einem Fehler: {detail}.
    | Versuchen Sie es noch einmal; kommt es wieder, rufen Sie {person} an (der Aufruf liegt der
      Ausführung bei).`,
  'external.redirect': `{reseller} verweist auf einen anderen Server
    | Der Dienst {service} leitet den Aufruf um, dem wird nicht gefolgt: {detail}.
    | Fragen Sie {person} nach der richtigen Adresse und berichtigen Sie sie unter Allgemein.`,
  'external.address_refused': `Diese Adresse darf nicht aufgerufen werden
    | Die Adresse des Dienstes {service} führt in ein privates Netz oder ist falsch geschrieben:
      {detail}.
    | Berichtigen Sie die Adresse unter Allgemein, oder lassen Sie den Host vom Support zulassen
      (PARTERRE_ALLOW_HOSTS).`,
  'external.too_large': `Die Antwort von {reseller} ist zu gross
    | Der Dienst {service} überschritt die erlaubte Grösse: {detail}.
    | Versuchen Sie es noch einmal; kommt es wieder, fragen Sie {person}, was gesendet wird.`,
  'external.truncated': `Die Antwort von {reseller} ist unvollständig
    | Der Dienst {service} hörte vor dem Ende auf. Was ganz ankam, ist behalten.
    | Versuchen Sie es noch einmal: es geht dort weiter. Kommt es wieder, rufen Sie {person} an.`,
  'external.not_well_formed': `Die Antwort von {reseller} ist nicht lesbar
    | Der Dienst {service} sandte ein fehlerhaftes Dokument (Zeile {line}, Spalte {column}).
    | Versuchen Sie es noch einmal; kommt es wieder, senden Sie den Aufruf an {person}.`,
  'external.html': `{reseller} hat mit einer Webseite geantwortet
    | Statt des Dokuments sandte der Dienst {service} eine Seite (oft: Wartung).
    | Versuchen Sie es später; kommt es wieder, rufen Sie {person} an.`,
  'external.charset': `Die Antwort von {reseller} hat falsche Zeichen
    | Der Dienst {service} nennt einen Zeichensatz und verwendet einen anderen.
    | Senden Sie den Aufruf an {person}: es wurde nichts geraten.`,
  'external.dtd': `Die Antwort von {reseller} ist abgelehnt
    | Der Dienst {service} sandte eine Dokumentdefinition (DTD), die wir immer ablehnen.
    | Sagen Sie es {person}: das ist keine gewöhnliche Antwort.`,
  'external.entity': `Die Antwort von {reseller} ist abgelehnt
    | Der Dienst {service} sandte XML-Entitäten, die wir immer ablehnen.
    | Sagen Sie es {person}: das ist keine gewöhnliche Antwort.`,
  'external.empty': `{reseller} hat nichts geantwortet
    | Der Dienst {service} sandte nichts.
    | Versuchen Sie es noch einmal; kommt es wieder, rufen Sie {person} an.`,
  'external.unexpected_answer': `{reseller} hat etwas anderes geantwortet
    | Die Antwort des Dienstes {service} passt nicht zur Frage: {detail}.
    | Versuchen Sie es noch einmal; kommt es wieder, senden Sie den Aufruf an {person}.`,
  'external.fault_authentication': `{reseller} lehnt Login oder Passwort ab
    | Der Dienst {service} nimmt den eingestellten Zugang nicht an.
    | Geben Sie Login und Passwort unter Allgemein neu ein und testen Sie die Verbindung; stimmen
      sie, rufen Sie {person} an.`,
  'external.fault_unknown_manager': `{reseller} kennt diesen Verwaltercode nicht
    | Der Dienst {service} antwortet, aber nicht für diesen Code.
    | Prüfen Sie den Verwaltercode unter Allgemein, oder fragen Sie {person} danach.`,
  'external.fault_unknown_product': `{reseller} kennt ein Produkt nicht
    | Der Dienst {service} findet diese Veranstaltung nicht: {detail}.
    | Prüfen Sie die Zuordnung des Produkts; stimmt sie, fragen Sie {person}, ob das
      Verkaufsformular erfasst ist.`,
  'external.fault_busy': `{reseller} ist beschäftigt
    | Der Dienst {service} bittet, später wiederzukommen: {detail}.
    | Versuchen Sie es in einigen Minuten.`,
  'external.fault_internal': `Störung bei {reseller}
    | Der Dienst {service} meldet einen internen Fehler: {detail}.
    | Versuchen Sie es noch einmal; kommt es wieder, rufen Sie {person} an (der Aufruf liegt der
      Ausführung bei).`,
  'external.fault_other': `{reseller} hat mit einem Fehler geantwortet
    | Der Dienst {service} sagt: {detail}.
    | Versuchen Sie es noch einmal; kommt es wieder, rufen Sie {person} an (der Aufruf liegt der
      Ausführung bei).`,
  'external.unknown_outcome': `Es ist unklar, ob {reseller} den Auftrag {reference} ausgeführt hat
    | Der Auftrag ging ab, und die Antwort ging verloren: {detail}.
    | Wiederholen Sie nichts von Hand: die nächste Ausführung fragt zuerst nach.`,
  'external.never_arrived': `Der Auftrag {reference} ist nie angekommen
    | Auf Nachfrage kennt ihn {reseller} nicht: es wurde nichts getan.
    | Starten Sie den Export noch einmal: er geht mit neuer Referenz ab.`,
  'external.unreadable_message': `Eine Zeile des Wiederverkäufers ist nicht lesbar
    | Das Feld {field} enthält «{value}», was keinen Sinn ergibt. Die Zeile ist behalten.
    | Senden Sie sie an {person}; die anderen Zeilen sind übernommen.`,
  'external.seat_refused': `{reseller} lehnt den Platz {seat} ab
    | Für {performance}, Grund des Wiederverkäufers: {reason}. Er wird nicht jede Nacht neu
      gesendet.
    | Beheben Sie den Grund und starten Sie von Hand, oder rufen Sie {person} an.`,
  'external.seat_unknown_there': `{reseller} kennt den Platz {seat} nicht
    | Er sollte für {performance} in seinem Allotment sein, und ist es nicht.
    | Starten Sie einen Abgleich der Vorstellung, um alle Unterschiede zu sehen.`,
  'external.list_failed': `{reseller} konnte seine Codeliste nicht vorbereiten
    | Für {performance}, Grund des Wiederverkäufers: {reason}.
    | Verlangen Sie die Liste neu; kommt es wieder, rufen Sie {person} vor der Türöffnung an.`,
  'external.file_empty': `Die Datei {file} ist leer
    | Sie enthält nichts, oder nur leere Zeilen.
    | Verlangen Sie sie neu von {person}; wurde sie unterwegs abgeschnitten, holen Sie sie noch
      einmal.`,
  'external.file_format': `{file} ist keine Verkaufsdatei von {reseller}
    | Sie beginnt anders: {detail}. Nichts davon wurde gelesen.
    | Wählen Sie die Datei, wie {reseller} sie gesandt hat, nicht eine, die ein Tabellenprogramm
      neu gespeichert hat.`,
  'external.file_changed': `{file} hat sich während des Lesens geändert
    | Jemand schrieb noch daran. Was gelesen wurde, ist übernommen.
    | Lesen Sie sie neu ein, wenn sie vollständig ist: Bekanntes ändert nichts.`,
  'external.file_charset': `Die Datei enthält UTF-8 statt Windows-1252
    | Zeile {line} ist die erste. Solche Zeilen wurden als UTF-8 gelesen.
    | Sehen Sie einen Namen mit Akzenten an; ist er falsch, fragen Sie {person} nach dem
      Zeichensatz.`,
  'external.file_dictionary': `Der Datei fehlt das Verzeichnis «{dictionary}»
    | Seine Codes wurden ungeprüft übernommen.
    | Fehlt dazu eine Zuordnung, verlangen Sie von {person} die vollständige Datei.`,
  'external.file_letters': `Andere Vorgänge als V und A: {letters}
    | Zeile {line} ist die erste. Alles ausser V wird als Stornierung gelesen.
    | Fragen Sie {person} vor der nächsten Datei, was sie bedeuten, und prüfen Sie diese Karten.`,
  'external.line_columns': `Eine Zeile hat {found} statt {expected} Spalten
    | Eine Spalte fehlt, oder ein Wert enthält ein Trennzeichen. Auf nichts darin ist Verlass.
    | Senden Sie die Datei an {person}; die anderen Zeilen sind übernommen.`,
  'external.line_quote': `Eine Zeile enthält ein einzelnes Anführungszeichen
    | Wo der Wert endet, ist unklar. Jede Zeile wird für sich gelesen.
    | Senden Sie die Datei an {person}; die anderen Zeilen sind übernommen.`,
  'external.line_bytes': `Eine Zeile enthält Bytes, die kein Text sind
    | Ein NUL oder ein anderes Steuerzeichen: die Datei wurde unterwegs beschädigt.
    | Holen Sie die Datei neu, oder senden Sie sie an {person}; die anderen Zeilen sind
      übernommen.`,
  'external.line_long': `Eine Zeile ist zu lang
    | Sie hat {size} Bytes, {limit} sind erlaubt: Zeilenenden fehlen.
    | Senden Sie die Datei an {person}; die anderen Zeilen sind übernommen.`,
  'external.code_not_listed': `«{value}» steht nicht im Verzeichnis «{dictionary}»
    | Die Datei erklärt diesen Code am Anfang nicht: sie ist unvollständig, oder eine Spalte ist
      verschoben.
    | Senden Sie die Datei an {person}; die anderen Zeilen sind übernommen.`,
  'external.excel_number': `Ein Tabellenprogramm hat eine Nummer verdorben
    | Das Feld {field} enthält «{value}»: Ziffern sind verloren.
    | Lesen Sie die Datei ein, wie {reseller} sie gesandt hat; die anderen Zeilen sind
      übernommen.`,
  'technical.unexpected': `Unerwarteter Fehler
    | Das Programm hielt, wo es nicht sollte: {detail}. Nichts ist halb geschrieben.
    | Rufen Sie den Support an, mit der Nummer der Ausführung: {number}.`,
  'technical.database': `Die Datenbank hat nicht wie erwartet geantwortet
    | {detail}
    | Versuchen Sie es noch einmal; kommt es wieder, rufen Sie den Support an, mit der Nummer der
      Ausführung: {number}.`,
  'technical.configuration': `Eine Einstellung fehlt oder ist falsch
    | Zu prüfen: {fields}.
    | Berichtigen Sie sie unter Allgemein; sonst rufen Sie den Support an, mit der Nummer der
      Ausführung: {number}.`,
  'technical.worker_died': `Die Ausführung {run} wurde unterbrochen
    | Das Programm, das sie führte, endete; Geschriebenes bleibt, der Rest wird wieder aufgenommen.
    | Nichts zu tun, wenn die nächste gelingt; sonst rufen Sie den Support an, mit der Nummer
      {number}.`,
});

const events = eventTexts({
  'run.waited': `Wartete auf das Ende der Ausführung {run} ({function}, gestartet von
    {startedBy}).`,
  'run.took_over': `Übernahm das Konto der unterbrochenen Ausführung {run} ({function}).`,
  'run.simulation': `Simulation: nur dieses Protokoll wird geschrieben.`,
  'run.cancelled': `Auf Verlangen angehalten; Geschriebenes bleibt.`,
  'schedule.fails': `Der Zeitplan „{schedule}“ ist {failures}-mal nacheinander gescheitert; bei
    {pauseAfter} pausiert er.`,
  'schedule.paused': `Der Zeitplan „{schedule}“ pausiert: er ist {failures}-mal nacheinander
    gescheitert. Beheben Sie die Ursache, dann setzen Sie ihn fort.`,
  'integrate.done': `{integrated} Meldungen übernommen, {quarantined} in Quarantäne, {repeated}
    schon
    bekannt.`,
  'integrate.nothing': `Nichts Neues bei {reseller}.`,
  'integrate.not_ours': `{messages} Meldungen sind nicht unsere: gezählt, nicht behalten.`,
  'import.done': `{file}: {lines} Zeilen gelesen.`,
  'import.no_codes': `{tickets} Karten kamen ohne Code: keine öffnet die Tür, bis der
    Wiederverkäufer ihn nennt (Zutritt vorbereiten, dann abholen).`,
  'import.again': `{file} wurde schon am {at} eingelesen: Bekanntes ändert nichts.`,
  'export.sent': `{performance}, {contingent}: {accepted} Plätze angenommen, {refused} abgelehnt.`,
  'export.nothing': `Nichts zu exportieren oder zurückzunehmen.`,
  'export.not_yet': `{performance} ist noch in Vorbereitung: es geht noch nichts ab.`,
  'export.suspended': `{performance} ist ausgesetzt: nichts geht ab; Unverkauftes kann
    zurückgenommen
    werden.`,
  'export.over': `{performance} ist vorbei, abgeschlossen oder abgesagt: nichts geht mehr ab.`,
  'take_back.done': `{performance}, {contingent}: {withdrawn} Plätze zurückgenommen, {sold} schon
    verkauft.`,
  'take_back.nothing': `Nichts zurückzunehmen.`,
  'command.found_out': `Der unbeantwortete Auftrag {reference} ist geklärt: {result}.`,
  'replay.done': `{settled} Meldungen übernommen, {remaining} warten noch.`,
  'account.ceiling_reached': `Das Wartekonto {account} hat {percent} % seiner Obergrenze
    überschritten: {balance} von {ceiling}.`,
  'reconcile.done': `{compared} Plätze und Tickets verglichen, {differences} Unterschiede.`,
  'reconcile.adopted': '{places} Plätze, die der Händler schon hat, wurden übernommen.',
  'access.prepared': `{performance}: Codeliste verlangt (Nr. {request}).`,
  'access.not_ready': `{performance}: die Liste Nr. {request} ist noch nicht bereit.`,
  'access.fetched': `{performance}: {codes} Codes erhalten, {added} hinzugefügt, {refused}
    gesperrt.`,
  'access.differs': `{performance}: {codes} beim Wiederverkäufer stornierte Codes öffnen hier noch;
    übernehmen Sie die Verkäufe vor der Türöffnung.`,
  'access.nothing': `Keine Codeliste zu verlangen oder abzuholen.`,
  'connection.ok': `{service}: die Verbindung funktioniert.`,
});

export const de: LanguageTexts = {
  problems: { ...other, ...business },
  events,
  terms: {
    word: {
      product: 'Produkt',
      performance: 'Vorstellung',
      tariff: 'Tarif',
      seat_category: 'Platzkategorie',
      block: 'Block',
      logical_configuration: 'logische Konfiguration',
      contingent: 'Kontingent',
      row: 'Reihe',
      seat: 'Platz',
    },
    function: {
      export: 'Export der Kontingente',
      take_back: 'Rücknahme',
      integrate: 'Übernahme der Verkäufe',
      prepare_access: 'Zutritt vorbereiten',
      fetch_access: 'Zutritt abholen',
      reconcile: 'Abgleich',
      replay: 'Wiederaufnahme der Fälle',
      test_connection: 'Verbindungstest',
    },
    state: {
      running: 'läuft',
      ok: 'gelungen',
      warning: 'mit Hinweisen',
      error: 'mit Fehlern',
      cancelled: 'angehalten',
    },
    class: {
      mapping: 'Zuordnung',
      external: 'extern',
      technical: 'technisch',
      business: 'fachlich',
    },
    product_kind: {
      event: 'Veranstaltung',
      competition: 'Wettkampf',
      visit_pass: 'Besuchsticket',
      open_pass: 'offenes Ticket',
      season_ticket: 'Abonnement',
      package: 'Paket',
      group_visit_pass: 'Gruppenbesuch',
    },
    message_kind: {
      sale: 'Verkauf',
      cancellation: 'Stornierung',
      refund: 'Erstattung',
      replacement: 'Duplikat',
      exchange: 'Umtausch',
      holder: 'Namensänderung',
    },
    field: {
      order: 'Bestellung',
      replaces: 'ersetztes Ticket',
      product: 'Produkt',
      performance: 'Vorstellung',
      start: 'Datum und Uhrzeit',
      hall: 'Saal',
      block: 'Block',
      row: 'Reihe',
      seat: 'Platz',
      allotment: 'Allotment',
      category: 'Kategorie',
      tariff: 'Tarif',
      priceMinor: 'Preis',
      givenBackMinor: 'erstatteter Betrag',
      commissionMinor: 'Kommission',
      currency: 'Währung',
      outlet: 'Verkaufsstelle',
      barcode: 'Strichcode',
      lastName: 'Nachname',
      firstName: 'Vorname',
    },
    count: {
      messages: 'Meldung gelesen|Meldungen gelesen',
      integrated: 'Verkauf übernommen|Verkäufe übernommen',
      cancelled: 'Storno|Stornos',
      refunded: 'Erstattung|Erstattungen',
      replaced: 'Duplikat|Duplikate',
      exchanged: 'Umtausch|Umtausche',
      renamed: 'Namensänderung|Namensänderungen',
      corrected: 'berichtigt|berichtigt',
      quarantined: 'in Quarantäne|in Quarantäne',
      waiting: 'wartet auf eine andere|warten auf eine andere',
      unreadable: 'unlesbar|unlesbar',
      alreadyKnown: 'schon bekannt|schon bekannt',
      notOurs: 'nicht unser|nicht unser',
      elsewhere: 'für eine andere Schnittstelle|für andere Schnittstellen',
      setAside: 'beiseitegelegt|beiseitegelegt',
      to_export: 'Platz zu exportieren|Plätze zu exportieren',
      exported: 'Platz exportiert|Plätze exportiert',
      to_take_back: 'Platz zurückzunehmen|Plätze zurückzunehmen',
      taken_back: 'Platz zurückgenommen|Plätze zurückgenommen',
      kept: 'Platz beim Wiederverkäufer geblieben|Plätze beim Wiederverkäufer geblieben',
      kept_home: 'Platz im Haus geblieben|Plätze im Haus geblieben',
      unmapped: 'Platz ohne Zuordnung|Plätze ohne Zuordnung',
      unknown: 'Auftrag ohne Antwort|Aufträge ohne Antwort',
      sold_missing_here: 'Verkauf fehlt hier|Verkäufe fehlen hier',
      compared: 'Platz oder Karte verglichen|Plätze und Karten verglichen',
      differences: 'Unterschied|Unterschiede',
      adopted: 'übernommener Platz|übernommene Plätze',
      prepared: 'Liste verlangt|Listen verlangt',
      codes: 'Code erhalten|Codes erhalten',
      added: 'hinzugefügt|hinzugefügt',
      refused: 'abgelehnt|abgelehnt',
    },
    key: {
      order: 'Bestellung',
      ticket: 'Karte',
      product: 'Produkt',
      performance: 'Vorstellung',
      seat: 'Platz',
      places: 'Plätze',
      position: 'Zeile',
    },
    command_outcome: {
      done: 'ausgeführt',
      refused: 'abgelehnt',
      unknown: 'weiterhin ungewiss',
      'never-arrived': 'nie beim Wiederverkäufer angekommen',
    },
    nobody: 'Ihren Kontakt bei {reseller}',
    times: 'mal',
  },
};
