/**
 * The sentences of letters to resellers, in the five languages. A letter names tickets, seats and
 * amounts; it never names a buyer, whom only the reseller knows.
 */
import type { TextLanguage } from '../../runs/remedies.ts';

export interface LetterTexts {
  greeting: string;
  cancelledSubject: string;
  cancelled: string;
  /** One sentence before the list of tickets. */
  refund: string;
  columns: readonly [ticket: string, order: string, seat: string, tariff: string, amount: string];
  more: string;
  withdraw: string;
  movedSubject: string;
  placesSubject: string;
  moved: string;
  /** Its start is as it was. */
  stays: string;
  movedHall: string;
  stayValid: string;
  stayOnSale: string;
  correct: string;
  tellBuyers: string;
  reseated: string;
  freeSeating: string;
}

export const LETTER_TEXTS: Readonly<Record<TextLanguage, LetterTexts>> = {
  fr: {
    greeting: 'Bonjour,',
    cancelledSubject: 'Annulation : {product}, {start}',
    cancelled: 'La séance « {product} » du {start} ({hall}) est annulée.',
    refund: `Merci de rembourser à vos acheteurs les billets suivants ({count}, {total} en tout), et
      de nous transmettre chaque annulation comme d'habitude :`,
    columns: ['billet', 'commande', 'place', 'tarif', 'montant'],
    more: '… et {count} autres, dans le fichier joint.',
    withdraw: `Merci de retirer de la vente les places non vendues qui sont chez vous ({count}) ;
      nous vous les redemandons aussi par l'interface.`,
    movedSubject: 'Report : {product}, {start} → {new}',
    placesSubject: 'Places : {product}, {start}',
    stays: 'La séance « {product} » du {start} change de places.',
    moved: 'La séance « {product} » du {start} est reportée au {new}.',
    movedHall: 'Elle a lieu dans une autre configuration : {hall}.',
    stayValid: 'Les billets que vous avez vendus ({count}) restent valables.',
    stayOnSale: 'Les places non vendues qui sont chez vous ({count}) y restent.',
    correct: `Merci d'informer vos acheteurs et de corriger votre système. Jusque-là, nous
      reconnaissons vos ventes et vos annulations sous l'ancienne date comme sous la nouvelle.`,
    tellBuyers: "Merci d'informer vos acheteurs. Les billets ne changent ni de numéro ni de code.",
    reseated: 'Des billets changent de place :',
    freeSeating: 'placement libre',
  },
  en: {
    greeting: 'Good morning,',
    cancelledSubject: 'Cancelled: {product}, {start}',
    cancelled: 'The performance "{product}" of {start} ({hall}) is cancelled.',
    refund: `Please refund the following tickets to your buyers ({count}, {total} in all), and
      send us each cancellation as usual:`,
    columns: ['ticket', 'order', 'seat', 'tariff', 'amount'],
    more: '… and {count} more, in the file attached.',
    withdraw: `Please take the unsold places that you hold ({count}) off sale; we also ask you
      for them through the interface.`,
    movedSubject: 'Moved: {product}, {start} → {new}',
    placesSubject: 'Seats: {product}, {start}',
    stays: 'Places of the performance "{product}" of {start} change.',
    moved: 'The performance "{product}" of {start} moves to {new}.',
    movedHall: 'It takes place in another configuration: {hall}.',
    stayValid: 'The tickets that you sold ({count}) stay valid.',
    stayOnSale: 'The unsold places that you hold ({count}) stay with you.',
    correct: `Please tell your buyers and correct your system. Until then we recognise your
      sales and cancellations under the former date as well as under the new one.`,
    tellBuyers: 'Please tell your buyers. The tickets keep their numbers and their codes.',
    reseated: 'Some tickets change their seats:',
    freeSeating: 'free seating',
  },
  de: {
    greeting: 'Guten Tag,',
    cancelledSubject: 'Abgesagt: {product}, {start}',
    cancelled: 'Die Vorstellung „{product}“ vom {start} ({hall}) ist abgesagt.',
    refund: `Bitte erstatten Sie Ihren Käufern die folgenden Karten ({count}, insgesamt {total}) und
      melden Sie uns jede Stornierung wie üblich:`,
    columns: ['Karte', 'Auftrag', 'Platz', 'Tarif', 'Betrag'],
    more: '… und {count} weitere in der beigefügten Datei.',
    withdraw: `Bitte nehmen Sie die unverkauften Plätze, die bei Ihnen sind ({count}), aus dem
      Verkauf; wir fordern sie auch über die Schnittstelle zurück.`,
    movedSubject: 'Verlegt: {product}, {start} → {new}',
    placesSubject: 'Plätze: {product}, {start}',
    stays: 'Für die Vorstellung „{product}“ vom {start} ändern sich Plätze.',
    moved: 'Die Vorstellung „{product}“ vom {start} wird auf den {new} verlegt.',
    movedHall: 'Sie findet in einer anderen Saalkonfiguration statt: {hall}.',
    stayValid: 'Die von Ihnen verkauften Karten ({count}) bleiben gültig.',
    stayOnSale: 'Die unverkauften Plätze, die bei Ihnen sind ({count}), bleiben dort.',
    correct: `Bitte informieren Sie Ihre Käufer und berichtigen Sie Ihr System. Bis dahin
      erkennen wir Ihre Verkäufe und Stornierungen unter dem alten wie unter dem neuen Termin.`,
    tellBuyers: 'Bitte informieren Sie Ihre Käufer. Nummern und Codes der Karten bleiben gleich.',
    reseated: 'Einige Karten wechseln den Platz:',
    freeSeating: 'freie Platzwahl',
  },
  it: {
    greeting: 'Buongiorno,',
    cancelledSubject: 'Annullamento: {product}, {start}',
    cancelled: 'La rappresentazione "{product}" del {start} ({hall}) è annullata.',
    refund: `Vi preghiamo di rimborsare ai vostri acquirenti i biglietti seguenti ({count},
      {total} in tutto) e di trasmetterci ogni annullamento come di consueto:`,
    columns: ['biglietto', 'ordine', 'posto', 'tariffa', 'importo'],
    more: '… e altri {count}, nel file allegato.',
    withdraw: `Vi preghiamo di togliere dalla vendita i posti invenduti che sono presso di voi
      ({count}); ve li richiediamo anche tramite l'interfaccia.`,
    movedSubject: 'Spostamento: {product}, {start} → {new}',
    placesSubject: 'Posti: {product}, {start}',
    stays: 'Cambiano alcuni posti della rappresentazione "{product}" del {start}.',
    moved: 'La rappresentazione "{product}" del {start} è spostata al {new}.',
    movedHall: "Si tiene in un'altra configurazione: {hall}.",
    stayValid: 'I biglietti che avete venduto ({count}) restano validi.',
    stayOnSale: 'I posti invenduti che sono presso di voi ({count}) vi restano.',
    correct: `Vi preghiamo di informare i vostri acquirenti e di correggere il vostro sistema.
      Fino ad allora riconosciamo vendite e annullamenti sotto la vecchia data come sotto la
      nuova.`,
    tellBuyers: `Vi preghiamo di informare i vostri acquirenti. I biglietti conservano numero e
      codice.`,
    reseated: 'Alcuni biglietti cambiano posto:',
    freeSeating: 'posto libero',
  },
  es: {
    greeting: 'Buenos días:',
    cancelledSubject: 'Cancelación: {product}, {start}',
    cancelled: 'La función «{product}» del {start} ({hall}) queda cancelada.',
    refund: `Les rogamos que reembolsen a sus compradores las entradas siguientes ({count},
      {total} en total) y que nos transmitan cada anulación como de costumbre:`,
    columns: ['entrada', 'pedido', 'localidad', 'tarifa', 'importe'],
    more: '… y {count} más, en el archivo adjunto.',
    withdraw: `Les rogamos que retiren de la venta las localidades sin vender que tienen
      ({count}); también se las pedimos por la interfaz.`,
    movedSubject: 'Cambio de fecha: {product}, {start} → {new}',
    placesSubject: 'Localidades: {product}, {start}',
    stays: 'Cambian localidades de la función «{product}» del {start}.',
    moved: 'La función «{product}» del {start} pasa al {new}.',
    movedHall: 'Tiene lugar en otra configuración: {hall}.',
    stayValid: 'Las entradas que han vendido ({count}) siguen siendo válidas.',
    stayOnSale: 'Las localidades sin vender que tienen ({count}) siguen con ustedes.',
    correct: `Les rogamos que informen a sus compradores y corrijan su sistema. Hasta entonces
      reconocemos sus ventas y anulaciones tanto con la fecha anterior como con la nueva.`,
    tellBuyers:
      'Les rogamos que informen a sus compradores. Las entradas conservan su número y su código.',
    reseated: 'Algunas entradas cambian de localidad:',
    freeSeating: 'sin numerar',
  },
};
