/** The story, step by step; what each says is in texts/. */
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
import { toldIntegration } from './tell.ts';
import { duplicateTicket, refundPart } from './tickets-again.ts';
import { cancelReported, sellElsewhere, settleByHand } from './ways-out.ts';

export const STEPS: readonly Step[] = [
  { name: 'house', day: 0, time: '08:00', take: makeHouse },
  { name: 'form', day: 0, time: '08:30', take: sendForm },
  { name: 'export', day: 0, time: '09:00', take: handOver },
  { name: 'sales', day: 0, time: '10:00', take: sell },
  { name: 'returns', day: 0, time: '18:30', take: giveBack },
  { name: 'night', day: 0, time: '22:00', take: integrate },
  { name: 'price', day: 1, time: '10:00', take: sellTooDear },
  { name: 'category', day: 1, time: '10:30', take: sellInCategory22 },
  { name: 'cancellation', day: 1, time: '11:00', take: oddCancellation },
  { name: 'noon', day: 1, time: '12:00', take: integrate },
  { name: 'wish', day: 1, time: '13:00', take: takeBackSoldSeat },
  { name: 'last-evening', day: 1, time: '14:00', take: giveBackLastEvening },
  { name: 'list', day: 1, time: '15:00', take: otherList },
  { name: 'door', day: 1, time: '16:00', take: collectCodes },
  { name: 'evening', day: 1, time: '17:00', take: integrate },
  { name: 'before', day: 1, time: '17:30', take: countBefore },
  { name: 'map', day: 1, time: '17:40', take: correctCategory },
  { name: 'reprice', day: 1, time: '17:45', take: correctPrice },
  { name: 'reseller', day: 1, time: '17:50', take: correctReseller },
  { name: 'replay', day: 1, time: '18:00', take: replayAll },
  { name: 'reconcile', day: 1, time: '18:30', take: compareLists },
  { name: 'duplicate', day: 2, time: '09:30', take: duplicateTicket },
  { name: 'refund', day: 2, time: '09:50', take: refundPart },
  { name: 'new-price', day: 2, time: '10:30', take: changePrice },
  { name: 'gardens-before', day: 3, time: '08:30', take: sellBefore },
  { name: 'gardens', day: 3, time: '09:30', take: describeGardens },
  { name: 'adopt', day: 3, time: '09:45', take: adoptGardens },
  { name: 'former-price', day: 3, time: '11:00', take: sellAtFormerPrice },
  { name: 'counter', day: 3, time: '12:00', take: sellAtCounter },
  { name: 'foreign-seats', day: 3, time: '14:15', take: sellElsewhere },
  { name: 'ways-out', day: 3, time: '15:00', take: settleByHand },
  { name: 'reported', day: 3, time: '16:05', take: cancelReported },
  { name: 'cancel-show', day: 4, time: '10:00', take: cancelShow },
  { name: 'refund-show', day: 4, time: '15:00', take: refundShow },
  { name: 'file', day: 4, time: '17:00', take: importFile },
  { name: 'payment', day: 6, time: '09:00', take: receivePayment },
  { name: 'close', day: 6, time: '09:15', take: closeMonth },
  { name: 'late', day: 6, time: '10:00', take: sellLate },
  { name: 'last', day: 6, time: '11:00', take: compareLists },
];

async function makeHouse(story: Story): Promise<string[]> {
  await loadPart(story, story.house);
  return [story.texts.house];
}

async function sendForm(story: Story): Promise<string[]> {
  const form = salesForm(story.house);
  for (const product of form) {
    const idempotencyKey = `form.${product.code}`;
    story.switchboard.setProduct({ ...product, idempotencyKey });
  }
  return [story.texts.form(form.map(({ code }) => code))];
}

/** The first answer gets lost after the reseller has done the work. */
async function handOver(story: Story): Promise<string[]> {
  // Only where nothing was told yet: a drop that is left over would meet a later call.
  if (!(await hasCommands(story))) {
    story.switchboard.dropNextAnswer({ service: 'Contingentement' });
  }
  const counts = await run(story, 'export', (context) => exportContingent(context));
  return [story.texts.handedOver(counts.exported ?? 0)];
}

async function sell(story: Story): Promise<string[]> {
  const { tickets, orders } = sellFirstDay(story);
  return [story.texts.sold(tickets, orders)];
}

async function giveBack(story: Story): Promise<string[]> {
  const { cancelled, refunded, others } = takeReturns(story);
  const { reordered } = story.switchboard.reorder({ count: 60, idempotencyKey: 'disorder' });
  story.switchboard.duplicateOperations({ count: 25, idempotencyKey: 'repeats' });
  return [story.texts.returned({ cancelled, refunded, others, reordered })];
}

async function integrate(story: Story): Promise<string[]> {
  const counts = await run(story, 'integrate', (context) => integrateSales(context));
  return [toldIntegration(story.texts, counts)];
}

/** Counted once: a demo that is started again keeps what stood here the first time. */
async function countBefore(story: Story): Promise<string[]> {
  let before = await noted<{ roots: number; messages: number }>(story, 'demo.before');
  if (before === null) {
    before = await countQuarantine(story);
    await note(story, 'demo.before', 'quarantine', before);
  }
  return [story.texts.before(before)];
}

async function compareLists(story: Story): Promise<string[]> {
  await run(story, 'reconcile', (context) => reconcile(context));
  const { missingHere, missingThere, different } = await openDifferences(story, INTERFACE);
  const total = missingHere + missingThere + different;
  const { texts } = story;
  return [total === 0 ? texts.sameLists : texts.otherLists(missingHere, missingThere, different)];
}
