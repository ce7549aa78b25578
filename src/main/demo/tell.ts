/** What the demo says around the story. */
import type { Figures } from './figures.ts';

export const WELCOME: readonly string[] = [
  'Parterre : la démo.',
  'Un musée, le MoSA, vend une partie de ses places par un revendeur, la FNAC. Ici la FNAC est un',
  'simulateur, qui parle son protocole. Chaque étape peut être interrompue et reprise.',
  '',
];

/** The object as a table. */
export function printFigures(figures: Figures): string[] {
  const { before, after, reconciliation, pendingAccountMinor } = figures;
  const waiting = ({ quarantine }: Figures['before']): string =>
    `${quarantine.messages} messages, ${quarantine.roots} causes`;
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
    ['En quarantaine avant les corrections', waiting(before)],
    ['En quarantaine après', waiting(after)],
    ...Object.entries(pendingAccountMinor).map(
      ([currency, minor]) => ["Compte d'attente", money(minor, currency)] as const,
    ),
    ['Rapprochement : manquent ici', missingHere],
    ['Rapprochement : manquent là-bas', missingThere],
    ['Rapprochement : diffèrent', different],
    ['Vendues deux fois', figures.doubleSold],
    ['Perdus', figures.lost],
    ['Secondes', figures.seconds],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  const lines = rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`);
  return ['', 'Comptes de l’histoire, tirés des livres :', ...lines, '', ...OPEN];
}

/** What stays open on purpose, and why. */
const OPEN: readonly string[] = [
  'Reste ouvert exprès : l’annulation qui rendait 36,80. La FNAC l’a corrigée par une seconde',
  'opération ; clore la première demande les issues des cas, qui viennent avec leur écran.',
];

function money(minor: number, currency: string): string {
  const format = new Intl.NumberFormat('fr-FR', { style: 'currency', currency });
  const { maximumFractionDigits: digits = 2 } = format.resolvedOptions();
  return format.format(minor / 10 ** digits);
}
