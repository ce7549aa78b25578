import type { Candidate } from './state.ts';

/** Told beside a ticket that is in the books: its number's end is the end of both. */
export function isSecondTelling({ reported, waitingWith }: Candidate): boolean {
  return (
    reported &&
    waitingWith.some(({ code }) => code === 'ticket.living' || code === 'content.differs')
  );
}
