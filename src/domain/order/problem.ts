/**
 * The catalogue of problems: every line of a log and every case carries one of these codes.
 * A code belongs to one class; the class says who acts (DOMAIN "Runs and their log"). Texts and
 * remedies in five languages live in runs/; a test holds them against this list.
 */

export const PROBLEM_CLASSES = ['mapping', 'external', 'technical', 'business'] as const;
export type ProblemClass = (typeof PROBLEM_CLASSES)[number];

export const PROBLEMS = {
  // Mapping: a word of the reseller, or one of ours, is not known on the other side.
  'mapping.missing': 'mapping',
  'mapping.ambiguous': 'mapping',
  'mapping.ours_missing': 'mapping',
  // External: it happened at the reseller or on the way.
  'external.unreachable': 'external',
  'external.timeout': 'external',
  'external.reset': 'external',
  'external.tls': 'external',
  'external.status': 'external',
  'external.redirect': 'external',
  'external.address_refused': 'external',
  'external.too_large': 'external',
  'external.truncated': 'external',
  'external.not_well_formed': 'external',
  'external.html': 'external',
  'external.charset': 'external',
  'external.dtd': 'external',
  'external.entity': 'external',
  'external.empty': 'external',
  'external.unexpected_answer': 'external',
  'external.fault_authentication': 'external',
  'external.fault_unknown_manager': 'external',
  'external.fault_unknown_product': 'external',
  'external.fault_busy': 'external',
  'external.fault_internal': 'external',
  'external.fault_other': 'external',
  'external.unknown_outcome': 'external',
  'external.never_arrived': 'external',
  'external.unreadable_message': 'external',
  'external.seat_refused': 'external',
  'external.seat_unknown_there': 'external',
  'external.list_failed': 'external',
  'external.file_empty': 'external',
  'external.file_format': 'external',
  'external.file_changed': 'external',
  'external.file_charset': 'external',
  'external.file_dictionary': 'external',
  'external.file_letters': 'external',
  'external.line_columns': 'external',
  'external.line_quote': 'external',
  'external.line_bytes': 'external',
  'external.line_long': 'external',
  'external.code_not_listed': 'external',
  'external.excel_number': 'external',
  // Technical: it is ours.
  'technical.unexpected': 'technical',
  'technical.database': 'technical',
  'technical.configuration': 'technical',
  'technical.worker_died': 'technical',
  // Business: price, seat, state, ceiling; someone must decide.
  'product.not_sellable': 'business',
  'product.not_on_channel': 'business',
  'product.outside_window': 'business',
  'performance.preparing': 'business',
  'performance.suspended': 'business',
  'performance.cancelled': 'business',
  'performance.closed': 'business',
  'pass.not_valid_then': 'business',
  'seat.unknown': 'business',
  'seat.missing': 'business',
  'seat.not_in_allotment': 'business',
  'seat.other_contingent': 'business',
  'seat.sold': 'business',
  'seat.sold_missing_here': 'business',
  'seat.wrong_category': 'business',
  'seat.adopted': 'business',
  'seat.taken_over': 'business',
  'count.over': 'business',
  'tariff.not_allowed': 'business',
  'price.missing': 'business',
  'price.differs': 'business',
  'price.negative': 'business',
  'price.grace': 'business',
  'price.booked_ours': 'business',
  'price.booked_theirs': 'business',
  'commission.differs': 'business',
  'currency.differs': 'business',
  'barcode.used': 'business',
  'barcode.missing': 'business',
  'ticket.living': 'business',
  'content.differs': 'business',
  'sale.missing': 'business',
  'blocked.behind': 'business',
  'refund.exceeds': 'business',
  'account.closed': 'business',
  'account.ceiling': 'business',
  'names.missing': 'business',
  'instant.ambiguous': 'business',
  'message.kind_not_supported': 'business',
  'export.not_supported': 'business',
  'wish.lapsed': 'business',
  'interface.hidden': 'business',
  'interface.archived': 'business',
  'interface.no_pending_account': 'business',
  'interface.no_files': 'business',
  'import.no_performance': 'business',
} as const satisfies Record<string, ProblemClass>;

export type ProblemCode = keyof typeof PROBLEMS;

/** A problem with what is needed to name the place and the cure; `params` are plain values. */
export interface Problem {
  code: ProblemCode;
  params: Record<string, string | number | null>;
}

export function classOf(code: ProblemCode): ProblemClass {
  return PROBLEMS[code];
}

/** The class of a case with several problems: a mapping hides what would be found behind it. */
export function classOfAll(problems: readonly Problem[]): ProblemClass {
  const classes = new Set(problems.map((problem) => classOf(problem.code)));
  for (const candidate of PROBLEM_CLASSES) if (classes.has(candidate)) return candidate;
  return 'technical';
}
