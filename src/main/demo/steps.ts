/** The story, step by step. The texts are for someone who sees the house for the first time. */
import { exportContingent } from '../../exchange/export-contingent.ts';
import { integrateSales } from '../../exchange/integrate-sales.ts';
import { reconcile } from '../../exchange/reconcile.ts';
import { closeMonth, receivePayment, sellLate } from './accounts.ts';
import { adoptGardens, describeGardens, sellBefore } from './adoption.ts';
import { countQuarantine, hasCommands, openDifferences } from './books.ts';
import { cancelShow, refundShow } from './cancelled-show.ts';
import { correctCategory, correctPrice, correctReseller, replayAll } from './corrections.ts';
import { sellAtCounter } from './counter.ts';
import { sellFirstDay } from './first-day.ts';
import { changePrice, sellAtFormerPrice } from './price-change.ts';
import {
  collectCodes,
  giveBackLastEvening,
  oddCancellation,
  otherList,
  sellInCategory22,
  sellTooDear,
  takeBackSoldSeat,
} from './problems.ts';
import { takeReturns } from './returns.ts';
import { importFile } from './sales-file.ts';
import { salesForm } from './sales-form.ts';
import type { Step, Story } from './story.ts';
import { INTERFACE, loadPart, note, noted, run } from './story.ts';
import { toldIntegration, toldQuarantine } from './tell.ts';
import { duplicateTicket, refundPart } from './tickets-again.ts';
import { cancelReported, sellElsewhere, settleByHand } from './ways-out.ts';

export const STEPS: readonly Step[] = [
  { name: 'house', title: 'La maison MoSA', day: 0, time: '08:00', take: makeHouse },
  { name: 'form', title: 'La fiche de mise en vente', day: 0, time: '08:30', take: sendForm },
  {
    name: 'export',
    title: 'Mise en vente : les contingents',
    day: 0,
    time: '09:00',
    take: handOver,
  },
  { name: 'sales', title: 'Un premier jour de ventes', day: 0, time: '10:00', take: sell },
  { name: 'returns', title: 'Des retours, et du désordre', day: 0, time: '18:30', take: giveBack },
  { name: 'night', title: 'Intégration de la nuit', day: 0, time: '22:00', take: integrate },
  { name: 'price', title: 'Un prix qui diffère', day: 1, time: '10:00', take: sellTooDear },
  { name: 'category', title: 'Une catégorie 22', day: 1, time: '10:30', take: sellInCategory22 },
  {
    name: 'cancellation',
    title: 'Une annulation qui rend trop, et la revente derrière elle',
    day: 1,
    time: '11:00',
    take: oddCancellation,
  },
  { name: 'noon', title: 'Intégration de midi', day: 1, time: '12:00', take: integrate },
  {
    name: 'wish',
    title: 'Une place reprise, vendue entre-temps',
    day: 1,
    time: '13:00',
    take: takeBackSoldSeat,
  },
  {
    name: 'last-evening',
    title: 'La dernière soirée se vend mal',
    day: 1,
    time: '14:00',
    take: giveBackLastEvening,
  },
  {
    name: 'list',
    title: 'Une liste de places qui diffère',
    day: 1,
    time: '15:00',
    take: otherList,
  },
  { name: 'door', title: "Contrôle d'accès", day: 1, time: '16:00', take: collectCodes },
  { name: 'evening', title: 'Intégration du soir', day: 1, time: '17:00', take: integrate },
  { name: 'before', title: 'Ce qui attend une personne', day: 1, time: '17:30', take: countBefore },
  {
    name: 'map',
    title: 'Corriger : la catégorie 22',
    day: 1,
    time: '17:40',
    take: correctCategory,
  },
  { name: 'reprice', title: 'Corriger : le prix', day: 1, time: '17:45', take: correctPrice },
  {
    name: 'reseller',
    title: 'Corriger : ce que le revendeur doit corriger',
    day: 1,
    time: '17:50',
    take: correctReseller,
  },
  { name: 'replay', title: 'Rejouer tous les cas', day: 1, time: '18:00', take: replayAll },
  { name: 'reconcile', title: 'Rapprochement', day: 1, time: '18:30', take: compareLists },
  {
    name: 'duplicate',
    title: 'Un billet perdu, un duplicata',
    day: 2,
    time: '09:30',
    take: duplicateTicket,
  },
  {
    name: 'refund',
    title: 'Un remboursement partiel',
    day: 2,
    time: '09:50',
    take: refundPart,
  },
  { name: 'new-price', title: 'Un prix qui change', day: 2, time: '10:30', take: changePrice },
  {
    name: 'gardens-before',
    title: 'Une salle qui vendait avant Parterre',
    day: 3,
    time: '08:30',
    take: sellBefore,
  },
  {
    name: 'gardens',
    title: 'La reprise : décrire et comparer',
    day: 3,
    time: '09:30',
    take: describeGardens,
  },
  {
    name: 'adopt',
    title: 'La reprise : adopter et intégrer',
    day: 3,
    time: '09:45',
    take: adoptGardens,
  },
  {
    name: 'former-price',
    title: "L'ancien prix, un jour trop tard",
    day: 3,
    time: '11:00',
    take: sellAtFormerPrice,
  },
  { name: 'counter', title: 'Le guichet vend aussi', day: 3, time: '12:00', take: sellAtCounter },
  {
    name: 'foreign-seats',
    title: 'Des places qui ne sont pas à vendre',
    day: 3,
    time: '14:15',
    take: sellElsewhere,
  },
  { name: 'ways-out', title: 'Les issues des cas', day: 3, time: '15:00', take: settleByHand },
  {
    name: 'reported',
    title: 'Un cas signalé se clôt de lui-même',
    day: 3,
    time: '16:05',
    take: cancelReported,
  },
  { name: 'cancel-show', title: 'Une séance annulée', day: 4, time: '10:00', take: cancelShow },
  {
    name: 'refund-show',
    title: 'Le revendeur rembourse ses acheteurs',
    day: 4,
    time: '15:00',
    take: refundShow,
  },
  { name: 'file', title: 'Un fichier de ventes', day: 4, time: '17:00', take: importFile },
  { name: 'payment', title: 'Un paiement reçu', day: 6, time: '09:00', take: receivePayment },
  { name: 'close', title: 'Le mois est clos', day: 6, time: '09:15', take: closeMonth },
  { name: 'late', title: 'Une vente tardive', day: 6, time: '10:00', take: sellLate },
  { name: 'last', title: 'Dernier rapprochement', day: 6, time: '11:00', take: compareLists },
];

async function makeHouse(story: Story): Promise<string[]> {
  await loadPart(story, story.house);
  return [
    'Le musée des diapositives : 2 saisons, une grande salle à deux étages et un auditorium,',
    '5 produits vendables, 10 séances, 4 contingents, les correspondances et les programmations.',
  ];
}

async function sendForm(story: Story): Promise<string[]> {
  const form = salesForm(story.house);
  for (const product of form) {
    const idempotencyKey = `form.${product.code}`;
    story.switchboard.setProduct({ ...product, idempotencyKey });
  }
  const codes = form.map(({ code }) => code).join(', ');
  return [`La FNAC connaît ${codes} : séances, tarifs et prix.`];
}

/** The first answer gets lost after the reseller has done the work. */
async function handOver(story: Story): Promise<string[]> {
  // Only where nothing was told yet: a drop that is left over would meet a later call.
  if (!(await hasCommands(story))) {
    story.switchboard.dropNextAnswer({ service: 'Contingentement' });
  }
  const counts = await run(story, 'export', (context) => exportContingent(context));
  return [
    `${counts.exported ?? 0} places remises à la FNAC : places numérotées et quotas des zones.`,
    'La première réponse se perd en route : Parterre demande par sa référence ce qui a été fait,',
    'et ne répète rien à l’aveugle.',
  ];
}

async function sell(story: Story): Promise<string[]> {
  const { tickets, orders } = sellFirstDay(story);
  return [
    `La FNAC vend ${tickets} billets en ${orders} commandes : places numérotées, zone libre,`,
    'billets datés et non datés, compétition.',
  ];
}

async function giveBack(story: Story): Promise<string[]> {
  const { cancelled, refunded, others } = takeReturns(story);
  const { reordered } = story.switchboard.reorder({ count: 60, idempotencyKey: 'disorder' });
  story.switchboard.duplicateOperations({ count: 25, idempotencyKey: 'repeats' });
  return [
    `${cancelled} annulations, ${refunded} remboursements partiels, ${others} duplicatas,`,
    `échanges et changements de nom ; ${reordered} lignes arrivent dans le désordre,`,
    '25 arrivent deux fois.',
  ];
}

async function integrate(story: Story): Promise<string[]> {
  const counts = await run(story, 'integrate', (context) => integrateSales(context));
  return [toldIntegration(counts)];
}

/** Counted once: a demo that is started again keeps what stood here the first time. */
async function countBefore(story: Story): Promise<string[]> {
  let before = await noted<{ roots: number; messages: number }>(story, 'demo.before');
  if (before === null) {
    before = await countQuarantine(story);
    await note(story, 'demo.before', 'quarantine', before);
  }
  return [`En quarantaine : ${toldQuarantine(before)} ; derrière une cause, les autres attendent.`];
}

async function compareLists(story: Story): Promise<string[]> {
  await run(story, 'reconcile', (context) => reconcile(context));
  const { missingHere, missingThere, different } = await openDifferences(story, INTERFACE);
  const total = missingHere + missingThere + different;
  return total === 0
    ? ['Place par place et billet par billet : les deux listes sont les mêmes.']
    : [`${total} différences : ${missingHere} ici, ${missingThere} là-bas, ${different} autres.`];
}
