/** What resolving the words of one message met: every gap, not only the first. */
import type { MappingWord } from '../mapping/vocabulary.ts';
import type { Message } from './message.ts';
import type { Problem } from './problem.ts';

export interface UnseenValue {
  word: MappingWord;
  value: string;
  parent: string;
}

/** Gathers what could not be resolved of one message. */
export class Findings {
  readonly problems: Problem[] = [];
  readonly unseen: UnseenValue[] = [];
  notOurs = false;

  /** Another institution's, whatever else is missing. */
  alien(): null {
    this.notOurs = true;
    return null;
  }

  missing(word: MappingWord, value: string, parent: string): null {
    this.problems.push({ code: 'mapping.missing', params: { word, value, parent } });
    // A word that is not there at all cannot be mapped: nothing for the queue.
    if (value !== '') this.unseen.push({ word, value, parent });
    return null;
  }

  /** A sale without a word that it needs; other operations may leave it out. */
  missingWord(message: Message, word: MappingWord, parent: string): null {
    const entry = message.kind === 'sale' || message.kind === 'exchange';
    return entry ? this.missing(word, '', parent) : null;
  }

  ambiguous(word: MappingWord, value: string, names: readonly string[]): null {
    this.problems.push({
      code: 'mapping.ambiguous',
      params: { word, value, candidates: names.join(', ') },
    });
    return null;
  }
}
