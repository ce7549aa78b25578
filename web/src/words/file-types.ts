/** Content types of the files that are uploaded. */
export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
export const CSV = 'text/csv';

/** By the name's end: browsers call a CSV anything, or nothing. */
export function typeOfFile({ name }: { name: string }): string {
  return name.toLowerCase().endsWith('.xlsx') ? XLSX : CSV;
}
