/** XML with a line for each element, indented; whatever is no XML stays as it is. */
export function prettyXml(text: string): string {
  const trimmed = text.trim();
  if (!trimmed.startsWith('<')) return text;
  let depth = 0;
  const lines: string[] = [];
  for (const piece of trimmed.replace(/>\s+</g, '><').split(/(?<=>)(?=<)/)) {
    const isEnd = piece.startsWith('</');
    if (isEnd) depth = Math.max(0, depth - 1);
    lines.push(`${'  '.repeat(depth)}${piece}`);
    const isAlone = isEnd || /^<[?!]/.test(piece) || piece.endsWith('/>') || piece.includes('</');
    if (!isAlone) depth += 1;
  }
  return lines.join('\n');
}
