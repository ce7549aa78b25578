/** The five roles of a house's people. */
export const ROLES = ['administrator', 'manager', 'box_office', 'steward', 'auditor'] as const;
export type Role = (typeof ROLES)[number];
