/**
 * Stands between pglite-socket and PGlite, which is one session shared by all connections.
 *
 * pglite-socket hands over the messages of a connection one by one and keeps others away only
 * while a transaction block is open. Outside of one, the Parse of a connection could be followed
 * by the Parse of another before its own Bind, which would then bind the other's statement; and
 * an error makes PostgreSQL skip everybody's messages up to the next Sync. So the messages of an
 * extended query are gathered here and run as one at their Sync. That also halves their cost.
 */
import type { ExecProtocolOptionsStream, PGlite } from '@electric-sql/pglite';

const codeOf = (letter: string): number => letter.charCodeAt(0);

// Parse, Bind, Describe, Execute, Close: they mean nothing before their Sync.
const GATHERED = new Set(['P', 'B', 'D', 'E', 'C'].map(codeOf));

type ServedDatabase = Pick<
  PGlite,
  'waitReady' | 'isInTransaction' | 'runExclusive' | 'execProtocolRawStream' | 'exec'
>;

export class GatheredProtocol {
  readonly #database: ServedDatabase;
  #gathered: Uint8Array[] = [];

  constructor(database: ServedDatabase) {
    this.#database = database;
  }

  get waitReady(): Promise<void> {
    return this.#database.waitReady;
  }

  /** pglite-socket serves nobody but the last sender while this is true. */
  isInTransaction(): boolean {
    return this.#gathered.length > 0 || this.#database.isInTransaction();
  }

  runExclusive<T>(work: () => Promise<T>): Promise<T> {
    return this.#database.runExclusive(work);
  }

  async execProtocolRawStream(
    message: Uint8Array,
    options: ExecProtocolOptionsStream,
  ): Promise<void> {
    this.#gathered.push(message);
    if (GATHERED.has(message[0] ?? 0)) return;
    const whole = this.#gathered.length === 1 ? message : Buffer.concat(this.#gathered);
    this.#gathered = [];
    await this.#database.execProtocolRawStream(whole, options);
  }

  /** pglite-socket calls this with ROLLBACK when the sender it serves has gone. */
  async exec(text: string): Promise<void> {
    this.#gathered = [];
    if (this.#database.isInTransaction()) await this.#database.exec(text);
  }
}
