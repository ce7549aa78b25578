// Tells apart code, texts and comments of a source file, keeping every line and column. A scanner
// for style checks, not a parser: it knows quotes, templates, comments and, by what stands before
// the slash, regular expressions.

export interface SourceParts {
  /** The file with comments, texts and regular expressions blanked out. */
  code: string;
  /** The file with everything but its string literals and templates blanked out. */
  texts: string;
}

const comment = /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/y;
const quoted = /'(?:[^'\\\n]|\\[\s\S])*'?|"(?:[^"\\\n]|\\[\s\S])*"?/y;
const template = /(?:[^`\\$]|\\[\s\S]|\$(?!\{))*(?:`|\$\{|$)/y;
const regularExpression = /\/(?:[^\\/[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/y;
const plain = /[^'"`/{}]+|[\s\S]/y;
/** A slash after one of these begins a regular expression; after anything else it divides. */
const beforeRegularExpression = /(?:^|[([{},;:=!&|?+\-*%<>~^]|\b(?:return|typeof|case|of))\s*$/;

/** Splits TypeScript or JavaScript. */
export function splitScript(source: string): SourceParts {
  let code = '';
  let texts = '';
  let at = 0;
  const match = (pattern: RegExp): string => {
    pattern.lastIndex = at;
    return pattern.exec(source)?.[0] ?? '';
  };
  const take = (stretch: string, part: 'code' | 'text' | 'comment'): void => {
    const blank = stretch.replace(/[^\n]/g, ' ');
    code += part === 'code' ? stretch : blank;
    texts += part === 'text' ? stretch : blank;
    at += stretch.length;
  };
  let depth = 0;
  /** Depth of braces at which each open `${` of a template ends. */
  const holes: number[] = [];
  const takeTemplate = (): void => {
    const chunk = match(template);
    if (chunk.endsWith('${')) holes.push(depth);
    take(chunk, 'text');
  };
  while (at < source.length) {
    const char = source.charAt(at);
    if (match(comment) !== '') {
      take(match(comment), 'comment');
    } else if (match(quoted) !== '') {
      take(match(quoted), 'text');
    } else if (char === '`' || (char === '}' && holes.at(-1) === depth)) {
      if (char === '}') holes.pop();
      take(char, 'text');
      takeTemplate();
    } else if (char === '/' && beforeRegularExpression.test(code.slice(-60).trimEnd())) {
      take(match(regularExpression) || char, 'comment');
    } else {
      if (char === '{') depth += 1;
      if (char === '}') depth -= 1;
      take(match(plain), 'code');
    }
  }
  return { code, texts };
}

const sqlToken = /--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|'(?:[^']|'')*'?|[^-/']+|[\s\S]/g;

/** SQL with its comments and literals blanked out. */
export function sqlStatements(source: string): string {
  return source.replace(sqlToken, (token) =>
    /^(?:--|\/\*|')/.test(token) ? token.replace(/[^\n]/g, ' ') : token,
  );
}
