/**
 * The rows of every table as Kysely sees them. Concept stores add theirs by declaration merging:
 * `declare module '../database/tables.ts' { interface Tables { performance: … } }`.
 */
// biome-ignore lint/suspicious/noEmptyInterface: it is filled by declaration merging.
export interface Tables {}
