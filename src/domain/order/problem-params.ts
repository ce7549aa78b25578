import type { ProblemCode } from './problem.ts';

/**
 * What a problem of each code may carry, and how a text shows it:
 *
 * - `text`: as it is; `number`: as it is (a line, a status); `count`: with thousands apart;
 * - `money`: minor units, in the currency of the parameter `currency`;
 * - `instant`: ISO 8601 in UTC, shown in the interface's zone; `day`: YYYY-MM-DD;
 * - `word`, `product_kind`, `message_kind`, `function`, `fields`: words that each language has.
 *
 * The texts in src/runs are held to these lists, and so is whoever makes a problem (by test).
 */
export type ParamKind =
  | 'text'
  | 'number'
  | 'count'
  | 'money'
  | 'instant'
  | 'day'
  | 'word'
  | 'product_kind'
  | 'message_kind'
  | 'function'
  | 'fields';

const onTheWire = {
  service: 'text',
  detail: 'text',
  status: 'number',
  /** The reseller's own code of the fault. */
  fault: 'text',
  product: 'text',
} as const;
const onAnAnswer = { ...onTheWire, line: 'number', column: 'number' } as const;
const onAPerformance = { performance: 'text', state: 'text' } as const;
const onAPrice = { ours: 'money', reported: 'money', currency: 'text' } as const;

export const PROBLEM_PARAMS = {
  'mapping.missing': { word: 'word', value: 'text', parent: 'text' },
  'mapping.ambiguous': { word: 'word', value: 'text', candidates: 'text' },
  'mapping.ours_missing': { word: 'word', ours: 'text' },
  'external.unreachable': onTheWire,
  'external.timeout': onTheWire,
  'external.reset': onTheWire,
  'external.tls': onTheWire,
  'external.status': onTheWire,
  'external.redirect': onTheWire,
  'external.address_refused': onTheWire,
  'external.too_large': onTheWire,
  'external.truncated': onAnAnswer,
  'external.not_well_formed': onAnAnswer,
  'external.html': onAnAnswer,
  'external.charset': onAnAnswer,
  'external.dtd': onAnAnswer,
  'external.entity': onAnAnswer,
  'external.empty': onAnAnswer,
  'external.unexpected_answer': onAnAnswer,
  'external.fault_authentication': onTheWire,
  'external.fault_unknown_manager': onTheWire,
  'external.fault_unknown_product': onTheWire,
  'external.fault_busy': onTheWire,
  'external.fault_internal': onTheWire,
  'external.fault_other': onTheWire,
  'external.unknown_outcome': { reference: 'text', detail: 'text' },
  'external.never_arrived': { reference: 'text' },
  'external.unreadable_message': { field: 'text', value: 'text' },
  'external.seat_refused': { seat: 'text', performance: 'text', reason: 'text' },
  'external.seat_unknown_there': { seat: 'text', performance: 'text' },
  'external.list_failed': { performance: 'text', reason: 'text' },
  'external.file_empty': { file: 'text' },
  'external.file_format': { file: 'text', detail: 'text' },
  'external.file_changed': { file: 'text' },
  'external.file_charset': { line: 'number' },
  'external.file_dictionary': { dictionary: 'text' },
  'external.file_letters': { letters: 'text', line: 'number' },
  'external.line_columns': { found: 'count', expected: 'count' },
  'external.line_quote': {},
  'external.line_bytes': {},
  'external.line_long': { size: 'count', limit: 'count' },
  'external.code_not_listed': { value: 'text', dictionary: 'text' },
  'external.excel_number': { field: 'text', value: 'text' },
  'technical.unexpected': { run: 'number', detail: 'text' },
  'technical.database': { run: 'number', detail: 'text' },
  'technical.configuration': { run: 'number', fields: 'text' },
  'technical.worker_died': { run: 'number', by: 'number' },
  'product.not_sellable': { product: 'text', kind: 'product_kind' },
  'product.not_on_channel': { product: 'text' },
  'product.outside_window': { product: 'text', at: 'instant' },
  'performance.preparing': onAPerformance,
  'performance.suspended': onAPerformance,
  'performance.cancelled': onAPerformance,
  'performance.closed': onAPerformance,
  'pass.not_valid_then': { product: 'text', day: 'day' },
  'seat.unknown': { seat: 'text' },
  'seat.missing': { category: 'text' },
  'seat.not_in_allotment': { seat: 'text' },
  'seat.other_contingent': { seat: 'text', contingent: 'text' },
  'seat.sold': { seat: 'text', holder: 'text' },
  'seat.sold_missing_here': { seat: 'text', performance: 'text', ticket: 'text' },
  'seat.wrong_category': { seat: 'text', reported: 'text', ours: 'text' },
  'seat.adopted': { seat: 'text' },
  'seat.taken_over': { seat: 'text', ticket: 'text', holder: 'text' },
  'count.over': { place: 'text', left: 'count' },
  'tariff.not_allowed': { tariff: 'text' },
  'price.missing': onAPrice,
  'price.differs': onAPrice,
  'price.negative': { reported: 'money', currency: 'text' },
  'price.grace': onAPrice,
  'price.booked_ours': onAPrice,
  'price.booked_theirs': onAPrice,
  'commission.differs': onAPrice,
  'currency.differs': { reported: 'text', ours: 'text' },
  'barcode.used': { barcode: 'text' },
  'barcode.missing': {},
  'ticket.living': { ticket: 'text' },
  'content.differs': { ticket: 'text', fields: 'fields' },
  'sale.missing': { ticket: 'text' },
  'blocked.behind': { ticket: 'text', seat: 'text' },
  'refund.exceeds': { amount: 'money', price: 'money', refunded: 'money', currency: 'text' },
  'account.closed': { interface: 'text' },
  'account.ceiling': { ceiling: 'money', balance: 'money', currency: 'text' },
  'names.missing': { ticket: 'text', product: 'text' },
  'instant.ambiguous': { at: 'instant' },
  'message.kind_not_supported': { kind: 'message_kind' },
  'export.not_supported': { product: 'text' },
  'wish.lapsed': { seat: 'text', ticket: 'text', by: 'text' },
  'interface.hidden': { interface: 'text' },
  'interface.archived': { interface: 'text' },
  'interface.no_pending_account': { interface: 'text' },
  'interface.no_files': { interface: 'text' },
  'import.no_performance': { interface: 'text' },
} as const satisfies Record<ProblemCode, Readonly<Record<string, ParamKind>>>;
