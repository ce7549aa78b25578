/** What *ready to sell?* found, in German: what is wrong, and after the colon what to do. */
export const ready = {
  'ready.interface.hidden':
    'Die Schnittstelle ist nicht sichtbar ({state}): machen Sie sie sichtbar.',
  'ready.interface.contact':
    'Ihr Kontakt fehlt oder darf nicht auf Konto zahlen: ermächtigen Sie ihn.',
  'ready.interface.point_of_sale':
    'Ihre Verkaufsstelle fehlt oder nimmt kein Wartekonto an: erlauben Sie es.',
  'ready.account.missing': 'Sie hat kein Wartekonto: geben Sie ihr eines.',
  'ready.account.closed': 'Ihr Wartekonto ist geschlossen: öffnen Sie es.',
  'ready.account.ceiling_full': `{balanceMinor} sind geschuldet, die Obergrenze ist {ceilingMinor},
    und Verkäufe stehen still: buchen Sie die Zahlung.`,
  'ready.account.ceiling_passed':
    '{balanceMinor} sind geschuldet, die Obergrenze ist {ceilingMinor}; der Verkauf geht weiter.',
  'ready.channel.no_contingent':
    'Kein Kontingent bedient ihren Vertriebskanal: weisen Sie eines zu.',
  'ready.product.not_sellable':
    'Wiederverkäufer dürfen diese Art Produkt nicht verkaufen ({kind}).',
  'ready.product.not_taken': 'Dieser Wiederverkäufer nimmt diese Art Produkt nicht ({kind}).',
  'ready.product.filtered_out':
    'Die Schnittstelle nimmt dieses Produkt nicht: fügen Sie es ihrer Liste hinzu.',
  'ready.product.over': 'Seine Gültigkeit endete am {until}.',
  'ready.performance.none': 'Es hat keine künftige Vorstellung.',
  'ready.performance.preparing': 'In Vorbereitung: nichts geht hinaus, bevor sie läuft.',
  'ready.performance.suspended': 'Ausgesetzt: nehmen Sie sie wieder auf.',
  'ready.performance.cancelled': 'Abgesagt.',
  'ready.performance.closed': 'Abgeschlossen.',
  'ready.performance.past': 'Sie hat begonnen oder ist vorbei.',
  'ready.window.none': 'Auf dem Kanal nicht im Verkauf: geben Sie einen Verkaufszeitraum an.',
  'ready.window.closed': 'Der Verkauf auf dem Kanal endete {closedAt}: verlängern Sie ihn.',
  'ready.window.not_yet': 'Der Verkauf auf dem Kanal beginnt {opensAt}.',
  'ready.mapping.product': 'Das Produkt {ours} hat keinen Code beim Wiederverkäufer.',
  'ready.mapping.configuration':
    'Zwei Vorstellungen beginnen zugleich, der Saal {ours} hat keinen Code beim Wiederverkäufer.',
  'ready.mapping.category': 'Die Kategorie {ours} hat keinen Code beim Wiederverkäufer.',
  'ready.mapping.block': 'Der Block oder die Zone {ours} hat keinen Code beim Wiederverkäufer.',
  'ready.mapping.contingent': 'Das Kontingent {ours} hat keinen Code beim Wiederverkäufer.',
  'ready.mapping.tariffs': 'Kein Tarif der Saison hat einen Code beim Wiederverkäufer.',
  'ready.mapping.tariff': `Der Tarif {ours} hat einen Preis und keinen Code: der
    Wiederverkäufer kann ihn nicht verkaufen.`,
  'ready.mapping.unseen':
    'Der Wiederverkäufer gebrauchte „{value}“ ({word}), dem nichts zugeordnet ist.',
  'ready.tariff.wrong_kind': `Der Tarif {ours} („{value}“) ist nicht für gelegentliche Käufer:
    entfernen Sie seine Zuordnung.`,
  'ready.price.none': 'Kein Tarif des Wiederverkäufers hat hier einen Preis: geben Sie Preise ein.',
  'ready.price.missing': 'Kein Preis für {category} im Tarif {tariff}: geben Sie ihn ein.',
  'ready.price.currency': 'Der Preis für {category} im Tarif {tariff} lautet auf {currency}.',
  'ready.price.to_announce': 'Preise, die dem Wiederverkäufer nicht gesagt wurden: {count}.',
  'ready.vat.missing': 'Der Mehrwertsteuersatz ist nicht bekannt: er zählt als 0.',
  'ready.contingent.empty': 'Die Kontingente des Kanals haben keinen Platz davon.',
  'ready.counter.missing': 'Der Pass hat keinen Zähler: geben Sie seine Plätze ein.',
  'ready.seats.no_contingent':
    'Freie Plätze in keinem Kontingent, die an keinen Wiederverkäufer gehen: {count}.',
  'ready.seats.kept_home': 'Besondere Plätze, die das Kontingent nicht abgibt: {count}.',
  'ready.seats.refused': 'Vom Wiederverkäufer abgelehnte Plätze: {count}.',
  'ready.name.not_carried':
    'Plätze in {name}, die beim Wiederverkäufer dem Namen nach nicht zu trennen sind: {places}.',
  'ready.tests.living': 'Testkarten, die noch nicht storniert sind: {count}.',
  'ready.cases.open': 'Offene Fälle: {count}.',
} as const;
