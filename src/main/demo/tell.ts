/** What the demo says around the story. */
import type { Counts } from '../../store/run-store.ts';
import type { Quarantine } from './books.ts';
import type { Figures } from './figures.ts';

export const WELCOME: readonly string[] = [
  'Parterre : la démo.',
  'Un musée, le MoSA, vend une partie de ses places par un revendeur, la FNAC. Ici la FNAC est un',
  'simulateur, qui parle son protocole. Chaque étape peut être interrompue et reprise.',
  '',
];

/** `1 message, 1 cause`. */
export function toldQuarantine({ roots, messages }: Quarantine): string {
  return `${several(messages, 'message')}, ${several(roots, 'cause')}`;
}

function several(count: number, noun: string): string {
  return `${count} ${noun}${count > 1 ? 's' : ''}`;
}

const TOLD_COUNTS: readonly (readonly [count: string, one: string, many: string])[] = [
  ['messages', 'message lu', 'messages lus'],
  ['integrated', 'vente', 'ventes'],
  ['cancelled', 'annulation', 'annulations'],
  ['refunded', 'remboursement', 'remboursements'],
  ['replaced', 'duplicata', 'duplicatas'],
  ['exchanged', 'échange', 'échanges'],
  ['renamed', 'changement de nom', 'changements de nom'],
  ['alreadyKnown', 'déjà connu', 'déjà connus'],
  ['quarantined', 'en quarantaine', 'en quarantaine'],
];

/** What an integration did, in a line. */
export function toldIntegration(counts: Counts): string {
  const told = TOLD_COUNTS.flatMap(([key, one, many]) => {
    const count = counts[key] ?? 0;
    return count === 0 ? [] : [`${count} ${count > 1 ? many : one}`];
  });
  return told.length === 0 ? 'Rien de nouveau.' : `${told.join(', ')}.`;
}

/** The object as a table. */
export function printFigures(figures: Figures): string[] {
  const { before, after, reconciliation, pendingAccountMinor } = figures;
  const { adopted, imported, account } = figures;
  const { missingHere, missingThere, different } = reconciliation;
  const rows: (readonly [string, string | number])[] = [
    ['Places contingentées et invendues', figures.contingented],
    ['dont à la FNAC (allotement)', figures.exported],
    ['Places reprises', figures.takenBack],
    ['Messages de la FNAC', figures.messages],
    ['Ventes intégrées', figures.integrated],
    ['Annulations', figures.cancelled],
    ['Remboursements partiels', figures.refunded],
    ['Duplicatas, échanges, noms', figures.replaced + figures.exchanged + figures.renamed],
    ['Répétitions, déjà connues', figures.alreadyKnown],
    ['Commandes', figures.orders],
    ['Billets valides', figures.tickets],
    ['Codes qui ouvrent la porte', figures.codes],
    ['En quarantaine avant les corrections', toldQuarantine(before.quarantine)],
    ['En quarantaine après', toldQuarantine(after.quarantine)],
    ...Object.entries(pendingAccountMinor).map(
      ([currency, minor]) => ["Compte d'attente", money(minor, currency)] as const,
    ),
    ['Rapprochement : manquent ici', missingHere],
    ['Rapprochement : manquent là-bas', missingThere],
    ['Rapprochement : diffèrent', different],
    ['Codes remplacés par un duplicata', figures.replacedCodes],
    ...Object.entries(figures.refundedMinor).map(
      ([currency, minor]) => ['Remboursé sur des billets valides', money(minor, currency)] as const,
    ),
    ["Vendus à l'ancien prix, dans les 24 h", figures.formerPrice.withinGrace],
    ["Vendus à l'ancien prix, acceptés", figures.formerPrice.accepted],
    ['Reprise : places chez la FNAC', adopted.seats],
    [
      "Reprise : billets, dont vendus avant l'ouverture du compte",
      `${adopted.tickets}, dont ${adopted.beforeOpening}`,
    ],
    ['Reprise : écart des comptes', money(adopted.differenceMinor, 'EUR')],
    ['Cas réglés', Object.values(figures.waysOut).reduce((total, count) => total + count, 0)],
    ['dont par une correction', figures.waysOut.replayed ?? 0],
    ['Messages écartés par quelqu’un', figures.setAside],
    ['Billets en surréservation', figures.overbooked],
    ['Billets sur une autre place', figures.reseated],
    ['Vendues par le guichet', figures.counter.sold],
    ['Refusées au guichet', figures.counter.refused],
    ['Séance annulée : remboursés par la FNAC', figures.cancelledShow.refunded],
    ['Séance annulée : à rembourser', figures.cancelledShow.toBeRefunded],
    ['Fichiers importés : lignes', imported.lines],
    ['Fichiers importés : messages nouveaux', imported.messages],
    ['Paiements reçus', money(account.receivedMinor, 'EUR')],
    ['Mois clos', account.closedPeriods],
    ['Opérations tardives', account.lateOperations],
    ['Vendues deux fois', figures.doubleSold],
    ['Perdus', figures.lost],
    ['Secondes', figures.seconds],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  const lines = rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`);
  return ['', 'Comptes de l’histoire, tirés des livres :', ...lines, ''];
}

export function money(minor: number, currency: string): string {
  const format = new Intl.NumberFormat('fr-FR', { style: 'currency', currency });
  const { maximumFractionDigits: digits = 2 } = format.resolvedOptions();
  return format.format(minor / 10 ** digits);
}
