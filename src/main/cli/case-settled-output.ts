/** What settling cases came to, or would come to. */
import type { RefusedCases, SettledCases } from '../../exchange/cases/answers.ts';
import type { CaseAnswer, CaseRefusal, HouseChange } from '../../exchange/cases/case-request.ts';
import type { CaseEffect } from '../../exchange/cases/effect.ts';
import { formatInstant, formatMoney } from '../../runs/format-params.ts';
import { describeLine } from '../../runs/remedies.ts';
import type { Interfaces } from './case-words.ts';
import { describeProblems, wayName } from './case-words.ts';
import { faultSentence } from './mapping-texts.ts';
import type { Reader } from './reader.ts';
import { say, sayLoosely } from './reader.ts';

export function printSettled(
  result: SettledCases | RefusedCases,
  records: Interfaces,
  reader: Reader,
): string[] {
  if (result.outcome === 'refused') return refusalLines(result.refusal, reader);
  const lines = result.answers.flatMap((answer) => answerLines(answer, records, reader));
  const head = result.outcome === 'foretold' ? 'cases.would' : 'cases.did';
  lines.push(say(reader, head), ...effectLines(result.effect, reader).map((line) => `  ${line}`));
  for (const line of hindrances(result, records, reader)) lines.push(line);
  return lines;
}

function refusalLines(refusal: CaseRefusal, reader: Reader): string[] {
  const faults = (refusal.faults ?? []).map((fault) => faultSentence(fault, reader));
  const { why } = refusal;
  const more = why === undefined ? [] : [sayLoosely(reader, why.code, why.params)];
  return [sayLoosely(reader, refusal.code, refusal.params), ...faults, ...more];
}

function answerLines(answer: CaseAnswer, records: Interfaces, reader: Reader): string[] {
  const { id, ticket, outcome, refusal } = answer;
  const way = answer.wayOut === null ? '-' : wayName(answer.wayOut, reader);
  const by = answer.settledBy ?? '-';
  const lines = [sayLoosely(reader, `cases.answer.${outcome}`, { id, ticket, way, by })];
  if (refusal !== null) lines.push(...refusalLines(refusal, reader).map((line) => `    ${line}`));
  else if (outcome === 'waits') {
    const row = { id, ticket, problems: [...answer.problems], interfaceId: firstOf(records) };
    for (const { title } of describeProblems(row, records, reader)) lines.push(`    ${title}`);
  }
  return lines;
}

/** Titles name the reseller at most; of several interfaces any will do. */
function firstOf(records: Interfaces): number {
  return [...records.keys()][0] ?? 0;
}

export function effectLines(effect: CaseEffect, reader: Reader): string[] {
  const lines = effect.house.map((change) => houseLine(change, reader));
  const { tickets, settled, freed } = effect;
  const counts = { settled: settled.length, freed, made: tickets.made };
  lines.push(say(reader, 'cases.effect', counts));
  if (tickets.overbooked > 0) {
    lines.push(say(reader, 'cases.effect_overbooked', { count: tickets.overbooked }));
  }
  for (const { kind, currency, amountMinor } of effect.money) {
    const amount = formatMoney(amountMinor, { language: reader.language, currency });
    lines.push(sayLoosely(reader, 'cases.effect_money', { kind, amount }));
  }
  const seats = effect.places.flatMap(({ kind, seat }) => (seat === null ? [] : `${kind} ${seat}`));
  if (seats.length > 0) lines.push(say(reader, 'cases.effect_seats', { seats: few(seats) }));
  const codes = Object.entries(effect.codes).map(([state, count]) => `${state} ${count}`);
  if (codes.length > 0) lines.push(say(reader, 'cases.effect_codes', { codes: codes.join(', ') }));
  return lines;
}

const NAMED_MAX = 12;

function few(names: readonly string[]): string {
  const more = names.length - NAMED_MAX;
  return names.slice(0, NAMED_MAX).join(', ') + (more > 0 ? ` … +${more}` : '');
}

function houseLine(change: HouseChange, reader: Reader): string {
  const money = (minor: number | null, currency: string): string =>
    minor === null ? '-' : formatMoney(minor, { language: reader.language, currency });
  switch (change.kind) {
    case 'mapping':
      return change.ours === null
        ? say(reader, 'cases.house_not_ours', { word: change.word, value: change.value })
        : say(reader, 'cases.house_mapping', { ...change, ours: change.ours });
    case 'price': {
      const { product, validFrom, amountMinor, currency } = change;
      const from = formatInstant(validFrom, reader);
      return say(reader, 'cases.house_price', {
        product,
        price: money(amountMinor, currency),
        from,
      });
    }
    case 'window': {
      const from = formatInstant(change.opensAt, reader);
      const to = change.closesAt === null ? '…' : formatInstant(change.closesAt, reader);
      return say(reader, 'cases.house_window', { product: change.product, from, to });
    }
    case 'payment': {
      const amount = money(change.amountMinor, change.currency);
      return say(reader, 'cases.house_payment', { account: change.account, amount });
    }
    case 'ceiling': {
      const { account, currency, beforeMinor, amountMinor } = change;
      const before = money(beforeMinor, currency);
      return say(reader, 'cases.house_ceiling', {
        account,
        before,
        after: money(amountMinor, currency),
      });
    }
    case 'performance':
      return say(reader, 'cases.house_performance', { performance: change.performance });
  }
}

/** What kept a run from reading the cases again. */
function hindrances(result: SettledCases, records: Interfaces, reader: Reader): string[] {
  return result.runs.flatMap((run) => {
    const problem =
      run.outcome === 'ran' ? run.failure : run.outcome === 'refused' ? run.problem : null;
    if (problem === null) return [];
    const record = records.get(firstOf(records));
    const context = {
      ...reader,
      interface: record?.code ?? '?',
      reseller: record?.reseller ?? '?',
      people: record?.people ?? [],
      number: run.outcome === 'ran' ? run.run.number : null,
    };
    const { title, remedy } = describeLine(problem, context);
    return [say(reader, 'cases.hindered', { problem: title }), `→ ${remedy ?? ''}`];
  });
}

/** The result as JSON, refusals with their sentence. */
export function settledAsJson(
  result: SettledCases | RefusedCases,
  records: Interfaces,
  reader: Reader,
): object {
  if (result.outcome === 'refused') {
    const { code, params } = result.refusal;
    const message = refusalLines(result.refusal, reader).join(' ');
    return { outcome: 'refused', code, params, message };
  }
  return {
    ...result,
    answers: result.answers.map((answer) => ({
      ...answer,
      message: answerLines(answer, records, reader).join(' '),
    })),
  };
}
