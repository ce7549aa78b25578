/** What we write to a reseller: an e-mail and its sheet, in five languages. */
import type { ProblemCode } from '../../domain/order/problem.ts';
import type { TextLanguage } from '../../runs/remedies.ts';

export const ASKS = [
  'price',
  'place',
  'count',
  'selling',
  'performance',
  'content',
  'barcode',
  'sale',
  'refund',
  'name',
  'other',
] as const;
export type Ask = (typeof ASKS)[number];

/** What we ask for where several things are wrong: the first of these. */
const ORDER: readonly (readonly [Ask, readonly string[]])[] = [
  ['place', ['seat.']],
  ['count', ['count.']],
  ['barcode', ['barcode.']],
  ['content', ['content.', 'ticket.living']],
  ['sale', ['sale.', 'blocked.']],
  ['refund', ['refund.']],
  ['performance', ['performance.']],
  ['price', ['price.', 'currency.']],
  ['selling', ['product.', 'pass.', 'tariff.']],
  ['name', ['names.']],
];

export function askOf(codes: readonly ProblemCode[]): Ask {
  const found = ORDER.find(([, starts]) =>
    codes.some((code) => starts.some((start) => code.startsWith(start))),
  );
  return found?.[0] ?? 'other';
}

export const SHEET_COLUMNS = ['what', 'ticket', 'order', 'performance', 'seat', 'ask'] as const;
export type SheetColumn = (typeof SHEET_COLUMNS)[number];

export interface ReportTexts {
  subject: string;
  greeting: string;
  intro: string;
  attached: string;
  goodbye: string;
  ticket: string;
  columns: Readonly<Record<SheetColumn, string>>;
  asks: Readonly<Record<Ask, string>>;
}

export const REPORT_TEXTS: Readonly<Record<TextLanguage, ReportTexts>> = {
  fr: {
    subject: 'Billets à vérifier : {count} ({house})',
    greeting: 'Bonjour,',
    intro: 'Nous ne pouvons pas enregistrer ces opérations telles que vous les avez transmises :',
    attached: 'Le fichier joint contient la même liste.',
    goodbye: 'Merci de votre aide,',
    ticket: 'Billet',
    columns: {
      what: 'Constat',
      ticket: 'Billet',
      order: 'Commande',
      performance: 'Séance',
      seat: 'Place',
      ask: 'Notre demande',
    },
    asks: {
      price: 'Merci de vérifier le prix, puis d’annuler le billet et de le revendre au bon prix.',
      place: 'Merci d’annuler ce billet ou de placer son porteur ailleurs (échange).',
      count: 'Merci d’annuler ce billet : le quota est dépassé.',
      selling: 'Merci d’annuler ce billet : il n’était pas en vente à cette date ou à ce tarif.',
      performance: 'Merci d’annuler ce billet et de rembourser son acheteur.',
      content:
        'Merci de nous dire laquelle des deux versions est la bonne, ou d’annuler ce billet.',
      barcode: 'Merci d’émettre un duplicata avec un autre code-barres.',
      sale: 'Merci de nous transmettre la vente de ce billet.',
      refund: 'Merci de vérifier le montant remboursé.',
      name: 'Merci de nous transmettre le nom du porteur.',
      other: 'Merci de vérifier cette opération.',
    },
  },
  en: {
    subject: 'Tickets to check: {count} ({house})',
    greeting: 'Hello,',
    intro: 'We cannot record the following operations as you have sent them:',
    attached: 'The attached file holds the same list.',
    goodbye: 'Thank you for your help,',
    ticket: 'Ticket',
    columns: {
      what: 'Finding',
      ticket: 'Ticket',
      order: 'Order',
      performance: 'Performance',
      seat: 'Seat',
      ask: 'What we ask for',
    },
    asks: {
      price: 'Please check the price, then cancel the ticket and sell it again at the right one.',
      place: 'Please cancel this ticket, or seat its bearer elsewhere (exchange).',
      count: 'Please cancel this ticket: the quota is exceeded.',
      selling: 'Please cancel this ticket: it was not on sale at that date or tariff.',
      performance: 'Please cancel this ticket and refund its buyer.',
      content: 'Please tell us which of the two versions is right, or cancel this ticket.',
      barcode: 'Please issue a duplicate with another barcode.',
      sale: 'Please send us the sale of this ticket.',
      refund: 'Please check the amount given back.',
      name: 'Please send us the name of the bearer.',
      other: 'Please check this operation.',
    },
  },
  de: {
    subject: 'Zu prüfende Tickets: {count} ({house})',
    greeting: 'Guten Tag,',
    intro: 'die folgenden Vorgänge können wir so, wie Sie sie übermittelt haben, nicht erfassen:',
    attached: 'Die beigefügte Datei enthält dieselbe Liste.',
    goodbye: 'Vielen Dank für Ihre Hilfe',
    ticket: 'Ticket',
    columns: {
      what: 'Feststellung',
      ticket: 'Ticket',
      order: 'Bestellung',
      performance: 'Vorstellung',
      seat: 'Platz',
      ask: 'Unsere Bitte',
    },
    asks: {
      price:
        'Bitte prüfen Sie den Preis; stornieren Sie das Ticket und verkaufen Sie es richtig neu.',
      place: 'Bitte stornieren Sie dieses Ticket oder setzen Sie den Inhaber um (Umtausch).',
      count: 'Bitte stornieren Sie dieses Ticket: Das Kontingent ist überschritten.',
      selling:
        'Bitte stornieren Sie das Ticket: Es war dann oder zu diesem Tarif nicht im Verkauf.',
      performance: 'Bitte stornieren Sie dieses Ticket und erstatten Sie dem Käufer den Preis.',
      content:
        'Bitte sagen Sie uns, welche der beiden Fassungen stimmt, oder stornieren Sie das Ticket.',
      barcode: 'Bitte stellen Sie ein Duplikat mit einem anderen Strichcode aus.',
      sale: 'Bitte übermitteln Sie uns den Verkauf dieses Tickets.',
      refund: 'Bitte prüfen Sie den erstatteten Betrag.',
      name: 'Bitte übermitteln Sie uns den Namen des Inhabers.',
      other: 'Bitte prüfen Sie diesen Vorgang.',
    },
  },
  it: {
    subject: 'Biglietti da verificare: {count} ({house})',
    greeting: 'Buongiorno,',
    intro: 'non possiamo registrare le seguenti operazioni così come ce le avete trasmesse:',
    attached: 'Il file allegato contiene lo stesso elenco.',
    goodbye: 'Grazie per il vostro aiuto,',
    ticket: 'Biglietto',
    columns: {
      what: 'Constatazione',
      ticket: 'Biglietto',
      order: 'Ordine',
      performance: 'Rappresentazione',
      seat: 'Posto',
      ask: 'La nostra richiesta',
    },
    asks: {
      price:
        'Vi preghiamo di verificare il prezzo, annullare il biglietto e rivenderlo correttamente.',
      place: 'Vi preghiamo di annullare questo biglietto o di spostarne il portatore (cambio).',
      count: 'Vi preghiamo di annullare questo biglietto: la quota è superata.',
      selling:
        'Vi preghiamo di annullare questo biglietto: non era in vendita a quella data o tariffa.',
      performance: 'Vi preghiamo di annullare questo biglietto e di rimborsare l’acquirente.',
      content: 'Diteci quale delle due versioni è giusta, oppure annullate questo biglietto.',
      barcode: 'Vi preghiamo di emettere un duplicato con un altro codice a barre.',
      sale: 'Vi preghiamo di trasmetterci la vendita di questo biglietto.',
      refund: 'Vi preghiamo di verificare l’importo rimborsato.',
      name: 'Vi preghiamo di trasmetterci il nome del portatore.',
      other: 'Vi preghiamo di verificare questa operazione.',
    },
  },
  es: {
    subject: 'Entradas por comprobar: {count} ({house})',
    greeting: 'Buenos días:',
    intro: 'No podemos registrar las siguientes operaciones tal como nos las han enviado:',
    attached: 'El archivo adjunto contiene la misma lista.',
    goodbye: 'Gracias por su ayuda,',
    ticket: 'Entrada',
    columns: {
      what: 'Constatación',
      ticket: 'Entrada',
      order: 'Pedido',
      performance: 'Sesión',
      seat: 'Localidad',
      ask: 'Lo que pedimos',
    },
    asks: {
      price: 'Comprueben el precio, anulen la entrada y vuelvan a venderla al precio correcto.',
      place: 'Anulen esta entrada o sienten a su portador en otro lugar (cambio).',
      count: 'Anulen esta entrada: se ha superado el cupo.',
      selling: 'Anulen esta entrada: no estaba a la venta en esa fecha o con esa tarifa.',
      performance: 'Anulen esta entrada y reembolsen a su comprador.',
      content: 'Dígannos cuál de las dos versiones es la correcta, o anulen esta entrada.',
      barcode: 'Emitan un duplicado con otro código de barras.',
      sale: 'Envíennos la venta de esta entrada.',
      refund: 'Comprueben el importe devuelto.',
      name: 'Envíennos el nombre del portador.',
      other: 'Comprueben esta operación.',
    },
  },
};
