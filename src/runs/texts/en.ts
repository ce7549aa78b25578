import type { LanguageTexts } from '../text-types.ts';
import { eventTexts, otherTexts } from '../text-types.ts';
import { business } from './en-business.ts';

const other = otherTexts({
  'mapping.missing': `Mapping missing: {word} “{value}”
    | The reseller uses “{value}”, and nothing of yours ({word}) is mapped to it.
    | Add the line in Mappings, or mark the value “not ours”; waiting messages are taken up at
      once.`,
  'mapping.ambiguous': `Mapping ambiguous: {word} “{value}”
    | Several of yours can be meant: {candidates}.
    | Make the line in Mappings more exact (for example Parent/Code), for one of them only.`,
  'mapping.ours_missing': `{ours} has no name at the reseller
    | To send places, the reseller's word for {word} {ours} is needed.
    | Add the line {ours} in Mappings; the next export takes it.`,
  'external.unreachable': `{reseller} cannot be reached
    | The service {service} does not answer at its address: {detail}.
    | Try again later; if it comes back, check the address in the General tab, then call {person}.`,
  'external.timeout': `{reseller} did not answer in time
    | The service {service} took too long: {detail}.
    | Try again; if it comes back, call {person} (the call is attached to the run).`,
  'external.reset': `The connection to {reseller} was cut
    | The service {service} broke the connection on the way: {detail}.
    | Try again; if it comes back, call {person} (the call is attached to the run).`,
  'external.tls': `The connection to {reseller} is not safe
    | The certificate of the service {service} was refused: {detail}.
    | Do not work around it: ask {person} when the certificate will be corrected.`,
  'external.status': `{reseller} refused the call (status {status})
    | The service {service} answered with an error: {detail}.
    | Try again; if it comes back, call {person} (the call is attached to the run).`,
  'external.redirect': `{reseller} points to another server
    | The service {service} redirects the call, which is not followed: {detail}.
    | Ask {person} for the right address, and correct it in the General tab.`,
  'external.address_refused': `This address may not be called
    | The address of the service {service} leads to a private network or is badly written: {detail}.
    | Correct the address in the General tab, or have support allow this host
      (PARTERRE_ALLOW_HOSTS).`,
  'external.too_large': `The answer of {reseller} is too large
    | The service {service} went over the size that is allowed: {detail}.
    | Try again; if it comes back, ask {person} what is being sent.`,
  'external.truncated': `The answer of {reseller} is incomplete
    | The service {service} stopped before the end. What came whole is kept.
    | Try again: reading goes on where it stopped. If it comes back, call {person}.`,
  'external.not_well_formed': `The answer of {reseller} cannot be read
    | The service {service} sent a malformed document (line {line}, column {column}).
    | Try again; if it comes back, send the attached call to {person}.`,
  'external.html': `{reseller} answered with a web page
    | Instead of the document, the service {service} sent a page (often: maintenance).
    | Try again later; if it comes back, call {person}.`,
  'external.charset': `The answer of {reseller} has wrong characters
    | The service {service} announces one character set and uses another.
    | Send the attached call to {person}: nothing was guessed.`,
  'external.dtd': `The answer of {reseller} is refused
    | The service {service} sent a document definition (DTD), which we always refuse.
    | Tell {person}: this is not a normal answer.`,
  'external.entity': `The answer of {reseller} is refused
    | The service {service} sent XML entities, which we always refuse.
    | Tell {person}: this is not a normal answer.`,
  'external.empty': `{reseller} answered with nothing
    | The service {service} sent nothing.
    | Try again; if it comes back, call {person}.`,
  'external.unexpected_answer': `{reseller} answered something else
    | The answer of the service {service} does not fit the question: {detail}.
    | Try again; if it comes back, send the attached call to {person}.`,
  'external.fault_authentication': `{reseller} refuses the login or the password
    | The service {service} does not accept the access that is set.
    | Type login and password again in the General tab, then test the connection; if they are
      right, call {person}.`,
  'external.fault_unknown_manager': `{reseller} does not know this manager code
    | The service {service} answers, but not for this code.
    | Check the manager code in the General tab, or ask {person} for it.`,
  'external.fault_unknown_product': `{reseller} does not know a product
    | The service {service} does not find this event: {detail}.
    | Check the product's mapping; if it is right, ask {person} whether the sales form is entered.`,
  'external.fault_busy': `{reseller} is busy
    | The service {service} asks to come back later: {detail}.
    | Try again in a few minutes.`,
  'external.fault_internal': `A failure at {reseller}
    | The service {service} reports an internal error: {detail}.
    | Try again; if it comes back, call {person} (the call is attached to the run).`,
  'external.fault_other': `{reseller} answered with an error
    | The service {service} says: {detail}.
    | Try again; if it comes back, call {person} (the call is attached to the run).`,
  'external.unknown_outcome': `Nobody knows whether {reseller} did the command {reference}
    | The command left and the answer was lost: {detail}.
    | Repeat nothing by hand: the next run asks first what became of it.`,
  'external.never_arrived': `The command {reference} never arrived
    | Asked about it, {reseller} does not know it: nothing was done.
    | Run the export again: it leaves under a new reference.`,
  'external.unreadable_message': `A line of the reseller cannot be read
    | The field {field} holds “{value}”, which makes no sense. The line is kept.
    | Send it to {person}; the other lines are integrated.`,
  'external.seat_refused': `{reseller} refuses the seat {seat}
    | For {performance}, the reseller's reason: {reason}. It is not sent again every night.
    | Correct what it objects to and run again by hand, or call {person}.`,
  'external.seat_unknown_there': `{reseller} does not know the seat {seat}
    | It should be in its allotment for {performance}, and is not.
    | Run a reconciliation of the performance to see all differences.`,
  'external.list_failed': `{reseller} could not prepare its list of codes
    | For {performance}, the reseller's reason: {reason}.
    | Ask for the list again; if it comes back, call {person} before the doors open.`,
  'external.file_empty': `The file {file} is empty
    | Nothing is in it, or nothing but blank lines.
    | Ask {person} for the file again; if it was cut on the way, fetch it once more.`,
  'external.file_format': `{file} is not a sales file of {reseller}
    | It begins otherwise: {detail}. Nothing of it was read.
    | Choose the file as {reseller} sent it, not one that a spreadsheet saved anew.`,
  'external.file_changed': `{file} changed while it was read
    | Somebody was still writing it. What was read is integrated.
    | Import it again when it is complete: what is known changes nothing.`,
  'external.file_charset': `The file holds UTF-8 where Windows-1252 was expected
    | Line {line} is the first. Such lines were read as UTF-8.
    | Look at a name with accents; if it is wrong, ask {person} in which charset the file is.`,
  'external.file_dictionary': `The file has no dictionary “{dictionary}”
    | Its codes were taken as they are, without being checked.
    | If lines are missing a mapping for it, ask {person} for the complete file.`,
  'external.file_letters': `Operations other than V and A: {letters}
    | Line {line} is the first. All but V are read as cancellations.
    | Ask {person} what they mean before the next file, and check these tickets.`,
  'external.line_columns': `A line has {found} columns instead of {expected}
    | A column is missing, or a value holds a separator. Nothing of the line can be trusted.
    | Send the file to {person}; the other lines are integrated.`,
  'external.line_quote': `A line holds a stray quotation mark
    | Where the value ends cannot be told. Each line is read by itself.
    | Send the file to {person}; the other lines are integrated.`,
  'external.line_bytes': `A line holds bytes that are no text
    | A NUL or another control character: the file was damaged on the way.
    | Fetch the file again, or send it to {person}; the other lines are integrated.`,
  'external.line_long': `A line is too long
    | It has {size} bytes, {limit} are allowed: line ends are missing.
    | Send the file to {person}; the other lines are integrated.`,
  'external.code_not_listed': `“{value}” is not in the dictionary “{dictionary}”
    | The file does not explain this code at its beginning: it is incomplete, or a column is
      shifted.
    | Send the file to {person}; the other lines are integrated.`,
  'external.excel_number': `A spreadsheet has spoilt a number
    | The field {field} holds “{value}”: digits are lost.
    | Import the file as {reseller} sent it; the other lines are integrated.`,
  'technical.unexpected': `Unexpected error
    | The program stopped where it should not have: {detail}. Nothing is half written.
    | Call support with the run's number: {number}.`,
  'technical.database': `The database did not answer as it should
    | {detail}
    | Try again; if it comes back, call support with the run's number: {number}.`,
  'technical.configuration': `A setting is missing or wrong
    | To be checked: {fields}.
    | Correct it in the General tab; else call support with the run's number: {number}.`,
  'technical.worker_died': `The run {run} was interrupted
    | The program that did it ended; what was written stays, the rest is taken up again.
    | Nothing to do if the next run is good; else call support with the number {number}.`,
});

const events = eventTexts({
  'run.waited': `Waited for the end of run {run} ({function}, started by {startedBy}).`,
  'run.took_over': `Took up the account of run {run} ({function}), which was interrupted.`,
  'run.simulation': `Simulation: nothing is written but this log.`,
  'run.cancelled': `Stopped on request; what was written stays.`,
  'schedule.fails': `The schedule “{schedule}” has failed {failures} times in a row; it pauses
    at {pauseAfter}.`,
  'schedule.paused': `The schedule “{schedule}” is paused: it has failed {failures} times in a
    row. Mend what is wrong, then resume it.`,
  'integrate.done': `{integrated} messages integrated, {quarantined} in quarantine, {repeated} known
    already.`,
  'integrate.nothing': `Nothing new at {reseller}.`,
  'integrate.not_ours': `{messages} messages are not ours: counted, not kept.`,
  'import.done': `{file}: {lines} lines read.`,
  'import.no_codes': `{tickets} tickets came without a code: none opens the door until the
    reseller tells it (prepare, then fetch access).`,
  'import.again': `{file} was imported before, on {at}: what is known changes nothing.`,
  'export.sent': `{performance}, {contingent}: {accepted} places accepted, {refused} refused.`,
  'export.nothing': `Nothing to export or to take back.`,
  'export.not_yet': `{performance} is still being prepared: its places leave when it opens.`,
  'export.suspended': `{performance} is suspended: nothing leaves; the unsold can be taken back.`,
  'export.over': `{performance} is over, closed or cancelled: nothing leaves any more.`,
  'take_back.done': `{performance}, {contingent}: {withdrawn} places taken back, {sold} sold
    already.`,
  'take_back.nothing': `Nothing to take back.`,
  'command.found_out': `The command {reference}, left without an answer, is clear now: {result}.`,
  'replay.done': `{settled} messages taken up, {remaining} still wait.`,
  'account.ceiling_reached': `The pending account {account} has passed {percent} % of its ceiling:
    {balance} of {ceiling}.`,
  'reconcile.done': `{compared} places and tickets compared, {differences} differences.`,
  'reconcile.adopted': '{places} places that the reseller has already were adopted.',
  'access.prepared': `{performance}: list of codes asked for (no. {request}).`,
  'access.not_ready': `{performance}: the list no. {request} is not ready yet.`,
  'access.fetched': `{performance}: {codes} codes received, {added} added, {refused} refused.`,
  'access.differs': `{performance}: {codes} codes cancelled at the reseller still open here;
    integrate the sales before the doors open.`,
  'access.nothing': `No list of codes to ask for or to fetch.`,
  'connection.ok': `{service}: the connection works.`,
});

export const en: LanguageTexts = {
  problems: { ...other, ...business },
  events,
  terms: {
    word: {
      product: 'product',
      performance: 'performance',
      tariff: 'tariff',
      seat_category: 'seat category',
      block: 'block',
      logical_configuration: 'logical configuration',
      contingent: 'contingent',
      row: 'row',
      seat: 'seat',
    },
    function: {
      export: 'export of contingents',
      take_back: 'taking back',
      integrate: 'integration of sales',
      prepare_access: 'preparing access',
      fetch_access: 'fetching access',
      reconcile: 'reconciliation',
      replay: 'replay of cases',
      test_connection: 'connection test',
    },
    state: {
      running: 'running',
      ok: 'ok',
      warning: 'with remarks',
      error: 'in error',
      cancelled: 'stopped',
    },
    class: {
      mapping: 'mapping',
      external: 'external',
      technical: 'technical',
      business: 'business',
    },
    product_kind: {
      event: 'event',
      competition: 'competition',
      visit_pass: 'visit pass',
      open_pass: 'open pass',
      season_ticket: 'season ticket',
      package: 'package',
      group_visit_pass: 'group visit',
    },
    message_kind: {
      sale: 'sale',
      cancellation: 'cancellation',
      refund: 'refund',
      replacement: 'replacement',
      exchange: 'exchange',
      holder: 'change of name',
    },
    field: {
      order: 'order',
      replaces: 'ticket replaced',
      product: 'product',
      performance: 'performance',
      start: 'date and time',
      hall: 'hall',
      block: 'block',
      row: 'row',
      seat: 'seat',
      allotment: 'allotment',
      category: 'category',
      tariff: 'tariff',
      priceMinor: 'price',
      givenBackMinor: 'amount given back',
      commissionMinor: 'commission',
      currency: 'currency',
      outlet: 'outlet',
      barcode: 'barcode',
      lastName: 'last name',
      firstName: 'first name',
    },
    count: {
      messages: 'message read|messages read',
      integrated: 'sale integrated|sales integrated',
      cancelled: 'cancellation|cancellations',
      refunded: 'refund|refunds',
      replaced: 'duplicate|duplicates',
      exchanged: 'exchange|exchanges',
      renamed: 'change of name|changes of name',
      corrected: 'corrected|corrected',
      quarantined: 'in quarantine|in quarantine',
      waiting: 'waiting for another|waiting for another',
      unreadable: 'unreadable|unreadable',
      alreadyKnown: 'known already|known already',
      notOurs: 'not ours|not ours',
      elsewhere: 'for another interface|for other interfaces',
      setAside: 'set aside|set aside',
      to_export: 'place to export|places to export',
      exported: 'place exported|places exported',
      to_take_back: 'place to take back|places to take back',
      taken_back: 'place taken back|places taken back',
      kept: 'place kept by the reseller|places kept by the reseller',
      kept_home: 'place kept at home|places kept at home',
      unmapped: 'place without a mapping|places without a mapping',
      unknown: 'command without an answer|commands without an answer',
      sold_missing_here: 'sale missing here|sales missing here',
      compared: 'place or ticket compared|places and tickets compared',
      differences: 'difference|differences',
      adopted: 'place adopted|places adopted',
      prepared: 'list asked for|lists asked for',
      codes: 'code received|codes received',
      added: 'added|added',
      refused: 'refused|refused',
    },
    key: {
      order: 'order',
      ticket: 'ticket',
      product: 'product',
      performance: 'performance',
      seat: 'seat',
      places: 'places',
      position: 'line',
    },
    command_outcome: {
      done: 'done',
      refused: 'refused',
      unknown: 'still unknown',
      'never-arrived': 'never arrived at the reseller',
    },
    nobody: 'your contact at {reseller}',
    times: 'times',
  },
};
