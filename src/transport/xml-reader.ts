import type { CharsetProblem } from './xml-decode.ts';
import { XmlDecoder } from './xml-decode.ts';
import type { XmlErrorCode } from './xml-error.ts';
import { XmlError } from './xml-error.ts';
import type { XmlLimits } from './xml-parser.ts';
import { ParserStop, scanProlog } from './xml-parser.ts';

/** What a text goes to once its prolog is known to be harmless. */
export interface TextSink {
  /** Line and column where the sink stands; `rest` is what it holds and has not read. */
  place(stop: ParserStop | null): { line: number; column: number; rest: string };
  write(text: string): void;
  /** Reads what is held back: nothing follows. */
  flush(): void;
  /** Whatever is wrong now is that the document ends here. */
  close(): void;
}

/** The longest piece of bytes decoded at once: bounds what is held, whatever is handed in. */
const pieceBytes = 64 * 1024;
/** How much of a web page is looked at for its title. */
const pageChars = 16 * 1024;

/**
 * Bytes in, text out to a sink, with every refusal that does not need the parser: charset, web
 * page, document type, emptiness. All failures leave as XmlError with line, column and byte.
 */
export class XmlFeed {
  private readonly decoder: XmlDecoder;
  private readonly sink: TextSink;
  private readonly limits: XmlLimits;
  private prolog: string | null = '';
  private page = false;

  constructor(sink: TextSink, limits: XmlLimits, contentType?: string | null) {
    this.sink = sink;
    this.limits = limits;
    this.decoder = new XmlDecoder(contentType);
  }

  /** Throws XmlError. */
  push(piece: Uint8Array): void {
    for (let at = 0; at < piece.byteLength; at += pieceBytes) {
      this.text(this.decoder.push(piece.subarray(at, at + pieceBytes)));
      this.checkCharset();
    }
  }

  /** Throws XmlError: `empty`, `html`, `truncated` among others. */
  end(): void {
    this.text(this.decoder.end());
    this.checkCharset();
    if (this.page) throw this.html();
    const { prolog } = this;
    if (prolog !== null && /^[\s\ufeff]*$/.test(prolog)) throw this.error('empty', 'nothing came');
    try {
      if (prolog !== null) this.sink.write(prolog);
      this.sink.flush();
    } catch (error) {
      throw this.located(error);
    }
    try {
      this.sink.close();
    } catch (error) {
      throw this.located(error, 'truncated');
    }
    if (this.decoder.cutShort) throw this.error('truncated', 'it ends within a character');
  }

  private checkCharset(): void {
    const { problem } = this.decoder;
    if (problem === null) return;
    try {
      // A fault in what came before the wrong byte is the first one.
      this.sink.flush();
    } catch (error) {
      throw this.located(error);
    }
    throw this.charset(problem);
  }

  private text(text: string): void {
    if (text === '') return;
    if (this.prolog !== null) this.ahead(this.prolog + text);
    else this.forward(text);
  }

  private ahead(prolog: string): void {
    this.prolog = prolog;
    if (this.page) {
      if (prolog.length > pageChars || /<\/title>/i.test(prolog)) throw this.html();
      return;
    }
    const finding = scanProlog(prolog);
    if (finding === 'html') {
      this.page = true;
      this.ahead(prolog);
    } else if (finding === 'dtd') {
      throw this.error('dtd', 'a document type is refused');
    } else if (finding !== 'more') {
      this.prolog = null;
      this.forward(prolog);
    } else if (prolog.length > this.limits.maxProlog) {
      throw this.error('too-long', `no element in ${this.limits.maxProlog} characters`);
    }
  }

  private forward(text: string): void {
    try {
      this.sink.write(text);
    } catch (error) {
      throw this.located(error);
    }
  }

  private html(): XmlError {
    const found = /<title[^>]*>([^<]{0,500})/i.exec(this.prolog ?? '');
    const title = found?.[1]?.replace(/\s+/g, ' ').trim().slice(0, 120) ?? '';
    const place = { line: 1, column: 0, byte: 0 };
    return new XmlError('html', 'a web page came instead of XML', place, title);
  }

  private charset(problem: CharsetProblem): XmlError {
    const { line, column } = this.sink.place(null);
    return new XmlError('charset', problem.message, { line, column, byte: problem.byte });
  }

  private error(code: XmlErrorCode, reason: string): XmlError {
    return new XmlError(code, reason, { line: 1, column: 0, byte: 0 });
  }

  private located(error: unknown, at?: 'truncated'): unknown {
    if (!(error instanceof ParserStop)) return error;
    const { line, column, rest } = this.sink.place(error);
    const byte = Math.max(0, this.decoder.bytes - this.decoder.byteLength(rest));
    return new XmlError(at ?? error.code, error.message, { line, column, byte });
  }
}
