/** Small things that both languages of the demo need. */

/** `1 message`, `2 messages`; none counts as the singular in French, as the plural in English. */
export function count(number: number, one: string, many: string, ofNone: string = one): string {
  if (number === 0) return `0 ${ofNone}`;
  return `${number} ${number === 1 ? one : many}`;
}

export function listed(words: readonly string[]): string {
  return words.join(', ');
}

const COLUMNS_MAX = 92;

/** Breaks a text into lines at its spaces; those that the source broke count as spaces. */
export function wrapped(text: string, columns = COLUMNS_MAX): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of unbroken(text).split(' ')) {
    if (line !== '' && line.length + 1 + word.length > columns) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/** Of French, a sign stays on the line of the word before it: `prix :`, `« Entrez »`. */
function unbroken(text: string): string {
  return text
    .replaceAll(/\s*\n\s*/g, ' ')
    .replaceAll(/ ([:;?!»])/g, '\u00a0$1')
    .replaceAll('« ', '«\u00a0');
}
