/** What the demo says, in English. */
import type { StoryTexts, ToldQuarantine } from './fr.ts';
import { count, listed } from './words.ts';

const waiting = ({ roots, messages }: ToldQuarantine): string =>
  `${several(messages, 'message')}, ${several(roots, 'cause')}`;

const several = (number: number, noun: string): string =>
  count(number, noun, `${noun}s`, `${noun}s`);

export const en: StoryTexts = {
  language: 'en',
  locale: 'en-GB',
  welcome: `Parterre: the demo. A museum, the MoSA, sells a part of its places through a reseller,
    FNAC. Here FNAC is a simulator that speaks its protocol. Every step can be interrupted and taken
    up again.`,
  taken: (title) => `${title}: done before.`,
  stopped: 'Stopped. The same command goes on with the story where it is.',

  titles: {
    house: 'The house MoSA',
    form: 'The sales form',
    export: 'On sale: the contingents',
    sales: 'A first day of sales',
    returns: 'Returns, and disorder',
    night: 'Integration at night',
    price: 'A price that differs',
    category: 'A category 22',
    cancellation: 'A cancellation that gives back too much, and the resale behind it',
    noon: 'Integration at noon',
    wish: 'A seat taken back, sold meanwhile',
    'last-evening': 'The last evening sells badly',
    list: 'A list of places that differs',
    door: 'Access control',
    evening: 'Integration in the evening',
    before: 'What waits for a person',
    map: 'Correct: the category 22',
    reprice: 'Correct: the price',
    reseller: 'Correct: what the reseller must correct',
    replay: 'Replay every case',
    reconcile: 'Reconciliation',
    duplicate: 'A lost ticket, a duplicate',
    refund: 'A refund in part',
    'new-price': 'A price that changes',
    'gardens-before': 'A hall that sold before Parterre came',
    gardens: 'Taking over: describe and compare',
    adopt: 'Taking over: adopt and integrate',
    'former-price': 'The former price, a day too late',
    counter: 'The counter sells too',
    'foreign-seats': 'Seats that are not for sale',
    'ways-out': 'The ways out of cases',
    reported: 'A reported case closes by itself',
    'cancel-show': 'A cancelled performance',
    'refund-show': 'The reseller refunds its buyers',
    file: 'A file of sales',
    payment: 'A payment received',
    close: 'The month is closed',
    late: 'A late sale',
    last: 'A last reconciliation',
  },

  house: `The museum of the slides: 2 seasons, a great hall of two floors and an auditorium, 5
    products to sell, 10 performances, 4 contingents, the mappings and the schedules.`,
  form: (codes) => `FNAC knows ${listed(codes)}: performances, tariffs and prices.`,
  handedOver: (places) => `${places} places handed over to FNAC: numbered seats, and counts of the
    zones. The first answer gets lost on its way: Parterre asks by its reference what was done, and
    repeats nothing blindly.`,
  sold: (tickets, orders) => `FNAC sells ${tickets} tickets in ${orders} orders: numbered seats,
    free seating, dated and undated passes, a competition.`,
  returned: (told) => `${told.cancelled} cancellations, ${told.refunded} refunds in part,
    ${told.others} duplicates, exchanges and other names; ${told.reordered} lines arrive in
    disorder, 25 arrive twice.`,
  tooDear: 'FNAC sells 5 tickets of CHALK4 at 13.00; here the performance costs 12.00.',
  category22: `8 sales in a customer category that nobody knows here, one of them cancelled at once:
    that cancellation waits behind its sale.`,
  oddCancellation: `The ticket of seat 1FA/B/1, paid 35.00, is cancelled for 36.80; the seat is sold
    again. The cancellation waits for a decision, the resale waits for the cancellation.`,
  wish: `The seats 1FA/K/1 and K/2 are wanted for Ticketnet. FNAC gives K/2 back; K/1 is sold
    already: it stays sold, the wish lapses, and its author is told.`,
  lastEvening: 'The quota of CHALK6 goes from 200 to 140: FNAC gives 60 places back.',
  otherList: (
    differences,
  ) => `FNAC's list of EXT2 forgets the seat 1FA/H/8, which the reconciliation
    finds among ${differences} differences (the others wait for a case).`,
  doorList: (
    codes,
  ) => `The list of CHALK1 is asked for, then collected: ${codes} codes. Three tickets
    sold this minute are not integrated yet: their codes open the door already.`,
  before: (quarantine) => `In quarantine: ${waiting(quarantine)}; behind a cause, the others wait.`,
  mapped: `OccCont/FNAC_A becomes 15|60|22: the 8 sales that waited come in by themselves, and then
    the cancellation that waited behind one of them.`,
  repriced: 'CHALK4 is a late opening: its price is 13.00 from the second day on.',
  resellerCorrected: `FNAC puts 1FA/H/8 back into its list, and reports the cancellation anew, for
    35.00: it is integrated, and the resale that waited follows it.`,
  replayed: (quarantine) => `Left in quarantine: ${waiting(quarantine)}.`,
  sameLists: 'Seat by seat and ticket by ticket: both lists are the same.',
  otherLists: (here, there, others) =>
    `${here + there + others} differences: ${here} here, ${there} there, ${others} others.`,

  duplicate: (ticket) =>
    `A spectator has lost the ticket ${ticket}: FNAC prints a duplicate of it.`,
  atTheDoor: (code, answer) => `At the door, the code ${code}: “${answer}”.`,
  partlyRefunded: (ticket, answer) => `FNAC gives back 7.00 on the ticket ${ticket}, paid 35.00: the
    pending account goes down by as much, the seat stays sold, and at the door: “${answer}”.`,
  newPrice: (
    integrated,
  ) => `CHALK2 goes from 12.00 to 14.00 at midnight, and FNAC does not know yet:
    it sells three at 12.00. In the 24 hours after a change the former price passes, and the log
    says so. ${integrated}`,
  formerPrice: (
    integrated,
  ) => `A shop still sells two tickets of CHALK2 at 12.00, 34 hours after the
    change: two cases. Another one sells at 14.00 already. ${integrated}`,
  gardensBefore: (places, tickets) => `The Théâtre des Jardins joins the museum. Its former box
    office has handed ${places} seats over to FNAC, which sold ${tickets} of them and cancelled one.
    Parterre knows nothing of it yet.`,
  gardens: (here, there, others) => `The hall, its prices and its mappings come in by a file; the
    account opens today. The reconciliation: ${here} seats or tickets that only FNAC knows, ${there}
    that only we know, ${several(others, 'other difference')}.`,
  adopted: (seats, integrated, left) => `${seats} seats that are free here and there join the
    allotment without being sent. Then the sales: ${integrated} Reconciliation:
    ${several(left, 'difference')}.`,
  counter: (
    isRefused,
  ) => `The museum's own counter sells two seats of the great hall and four entries
    to CHALK1. It wanted 1F/A/L/5 too: ${
      isRefused ? 'refused, the seat is at FNAC, which may sell it.' : 'sold.'
    }`,
  foreignSeats: (integrated, quarantine) => `A shop of FNAC sells 1FB/G/20, G/21 and G/22, which are
    in the contingent of SecuTix, and gives back 36.80 on a ticket paid 35.00. ${integrated} In
    quarantine: ${waiting(quarantine)}.`,
  settled: [
    `G/20 gets another seat, N/39 of the house's own; G/21 stays as overbooking, and the door will
    say “See the box office”; G/22 is reported to FNAC and waits for its cancellation.`,
    `The refund of 36.80 and the two sales at 12.00 are accepted. The cancellation of the second
    day, which FNAC has corrected, is set aside: our books stay as they are.`,
  ],
  reportReady: (subject, to) => `The e-mail to FNAC and its Excel are ready, for ${to}:
    “${subject}”.`,
  reported: 'FNAC cancels the sale of G/22: its message closes the case by itself.',
  inQuarantine: (quarantine) => `In quarantine: ${waiting(quarantine)}.`,
  cancelledShow: (tickets) => `The second day of the chess tournament is cancelled. FNAC gives back
    what it has not sold; its ${tickets} tickets are for FNAC to refund, which alone knows the
    buyers. Their codes are closed. The letter to FNAC is ready, with the list:`,
  letter: (to, subject) => [`To: ${to}`, `Subject: ${subject}`],
  refundedShow: (left) => `FNAC refunds its buyers, and says so: ${several(left, 'ticket')} left to
    refund. The places that it finds free again are taken back too.`,
  file: (integrated) => `FNAC also mails the file of its sales of CHALK1, to the minute and without
    operation numbers; someone imports it. All of it is known. ${integrated}`,
  payment: (month, document, balance) => `The month comes to ${month}: sales, less refunds and
    commissions. FNAC pays it (${document}); it still owes ${balance}.`,
  closed: (period) => `The month ${period} is closed: nothing enters it any more.`,
  late: `A shop that was off line reports two sales of the closed month. They count in the open
    month, as late entries, and keep the instant of the sale.`,

  integratedCounts: [
    ['messages', 'message read', 'messages read'],
    ['integrated', 'sale', 'sales'],
    ['cancelled', 'cancellation', 'cancellations'],
    ['refunded', 'refund', 'refunds'],
    ['replaced', 'duplicate', 'duplicates'],
    ['exchanged', 'exchange', 'exchanges'],
    ['renamed', 'other name', 'other names'],
    ['alreadyKnown', 'known already', 'known already'],
    ['quarantined', 'in quarantine', 'in quarantine'],
  ],
  nothingNew: 'Nothing new.',
  waiting,

  figuresTitle: 'The counts of the story, from the books:',
  figures: {
    contingented: 'Contingented and unsold places',
    exported: 'of them at FNAC (allotment)',
    takenBack: 'Places taken back',
    messages: 'Messages from FNAC',
    integrated: 'Sales integrated',
    cancelled: 'Cancellations',
    refunded: 'Refunds in part',
    others: 'Duplicates, exchanges, names',
    alreadyKnown: 'Repeats, known already',
    orders: 'Orders',
    tickets: 'Valid tickets',
    codes: 'Codes that open the door',
    before: 'In quarantine before the corrections',
    after: 'In quarantine after them',
    settled: 'Cases settled',
    corrected: 'of them by a correction',
    setAside: 'Messages that someone set aside',
    balance: 'Pending account',
    received: 'Payments received',
    closedPeriods: 'Months closed',
    lateOperations: 'Late operations',
    refundedMinor: 'Refunded on valid tickets',
    withinGrace: 'Sold at the former price, within 24 h',
    accepted: 'Sold at the former price, accepted',
    replacedCodes: 'Codes replaced by a duplicate',
    overbooked: 'Overbooked tickets',
    reseated: 'Tickets on another seat',
    counterSold: 'Places sold by the counter',
    counterRefused: 'Lines refused to the counter',
    showRefunded: 'Cancelled performance: refunded tickets',
    showToBeRefunded: 'Cancelled performance: to be refunded',
    adoptedSeats: 'Taken over: seats at FNAC',
    adoptedTickets: 'Taken over: tickets',
    beforeOpening: 'of them sold before the account opened',
    adoptedDifference: 'Taken over: difference of the accounts',
    importedLines: 'Imported file: lines',
    importedMessages: 'Imported file: new messages',
    missingHere: 'Reconciliation: missing here',
    missingThere: 'Reconciliation: missing there',
    different: 'Reconciliation: different',
    doubleSold: 'Sold twice',
    lost: 'Lost',
    seconds: 'Seconds',
  },

  goesOn: 'FNAC goes on selling, and Parterre integrating, until Ctrl-C. In another window:',
  web: (address) => `The web application: ${address}`,
  signIn: (password) => `Everyone's password: ${password}`,
  roles: {
    manager: 'ticketing manager',
    box_office: 'box office',
    administrator: 'administration',
    auditor: 'audit, reads only',
    steward: 'access control',
  },
  busy: 'another run is at work.',
  allOver: 'All performances of this demo are over: begin again in a new folder.',
  cancels: (ticket) => `FNAC cancels the ticket ${ticket}.`,
  sells: (tickets, performance) => `FNAC sells ${tickets} × ${performance}.`,
  soldOut: (performance) => `FNAC has not enough places left for ${performance}.`,
  integrated: (told) => `Integrated: ${told}`,
  ended: 'Stopped.',

  refusals: {
    otherOrganisation: (codes) =>
      `This database holds ${listed(codes)} already: the demo wants one of its own.`,
    foreignMosa: 'This database holds a MoSA that no demo made: it is left as it is.',
    olderDemo: 'This database holds the demo of an earlier version, which tells another story.',
    otherFolder: (folder) =>
      `Choose another folder: PARTERRE_DATA=.parterre/demo npm run demo (here: ${folder}).`,
    otherDatabase: `Make one: createdb parterre_demo, then
      DATABASE_URL=postgres://…/parterre_demo npm run demo.`,
    booksMissing: (folder) => [
      `This database has begun a demo; the reseller's books are missing: ${folder}`,
      'Name the folder where it began in PARTERRE_DATA, or begin again on a new database.',
    ],
    runsAlready: (folder) => [
      `A demo runs already on the reseller's books in ${folder}.`,
      'Stop it (Ctrl-C), or choose another folder with PARTERRE_DATA, and another database.',
    ],
  },
};
