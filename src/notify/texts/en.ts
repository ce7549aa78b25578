import type { NewsTexts } from './news-texts.ts';

export const en: NewsTexts = {
  kind: {
    run_error: 'Run in error',
    new_roots: 'Messages to settle',
    unseen_value: 'Value without a mapping',
    late_run: 'Late run',
    schedule_paused: 'Schedule paused',
    ceiling: 'Ceiling of the pending account',
  },
  reason: {
    first: 'new',
    reminder: 'reminder: still open',
    day_before: 'less than 24 hours before the performance',
    hours_before: 'less than 3 hours before the performance',
    digest: 'open',
    closed: 'over',
    test: 'test',
  },
  watch: {
    'watch.run_failed': `
      The run ({function}) ended in error.|It left no line that says why: it broke
      off.|Look at the run; if it comes back, call support with its number.`,
    'watch.run_slow': `
      The run ({function}) has not ended.|It has been running since {at}.|Look at its
      progress; stop it if it stands still, the next one goes on where it was.`,
    'watch.run_late': `
      The schedule “{schedule}” ({function}) is late.|It should have run at {at}.|Check
      that a worker is running (parterre doctor), or start the function by hand.`,
    'watch.schedule_paused': `
      The schedule “{schedule}” ({function}) has paused.|It failed {failures} times in a
      row; nothing runs since {at}.|Settle the cause in its last run, then resume the
      schedule.`,
    'watch.ceiling': `
      The pending account {account} has reached {percent} % of its ceiling.|{balance} of
      {ceiling} are owed.|Record a payment, or raise the ceiling.`,
  },
  several: '{title} (and {count} more)',
  digest: 'What is open today: {count}',
  test: 'Test',
  testBody: 'This is a test of the watch. Nothing is wrong; there is nothing to do.',
  oneCase: 'One message waits for it.',
  manyCases: '{count} messages wait for it.',
  touches: 'Next performance it touches: {due}.',
  since: 'Open since {opened}.',
  run: 'Run {run}.',
  toDo: 'What to do',
  look: 'Look',
  footer: `You receive this because your address is notified by the interface {interfaces} of
      {organisation}.`,
};
