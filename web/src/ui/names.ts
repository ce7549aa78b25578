/** Names that a house gives in several languages. */

/** In the reader's language, else in French, else any; the code where there is none. */
export function nameOf(
  { names, code }: { names: Readonly<Record<string, string>>; code: string },
  language: string,
): string {
  return names[language] || names.fr || Object.values(names).find(Boolean) || code;
}
