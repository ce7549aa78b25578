/**
 * What a reseller can do, as plain data that is readable without opening the channel. Screens,
 * planning, docs and the contract tests follow from it, never from the channel's name.
 */
export interface Capabilities {
  products: {
    events: 'none' | 'general' | 'seated';
    passes: 'none' | 'dated' | 'undated' | 'both';
  };
  /** How products get to the reseller: by us (push), or by a form that a person sends. */
  catalogue: 'none' | 'push' | 'manual-form';
  /** How each kind of stock is handed over; `limit`: stated on the form, checked at integration. */
  contingents: {
    seats: HandOver;
    zones: HandOver;
    datedPasses: HandOver;
    undatedPasses: HandOver;
    /** Whether the reseller gives unsold stock back on demand. */
    withdraw: boolean;
    /** Whether the reseller tells its list of places and their states. */
    list: boolean;
  };
  sales: {
    mode: 'none' | 'pull' | 'inbound';
    cancellations: boolean;
    refunds: boolean;
    replacements: boolean;
    exchanges: boolean;
    holders: boolean;
    names: boolean;
    /**
     * Whether sales also come as files, and who says of which performance: the file (an operator
     * may overrule it), or the operator because the file does not.
     */
    files: 'none' | 'self-naming' | 'operator-names';
  };
  booking: 'none' | 'inbound';
  access: {
    /** Whose codes open the door. */
    codes: 'reseller' | 'ours';
    lists: 'none' | 'prepare-fetch' | 'with-sale';
  };
  /** After an unknown outcome: may the same reference be sent again, or only looked up? */
  repeat: 'by-reference' | 'lookup-only';
  limits: {
    /** Most items in one command; exchange splits batches by it. */
    itemsPerCommand: number;
    /** Most messages in one page of sales. */
    messagesPerPage: number;
    callsPerMinute: number;
  };
}

export type HandOver = 'none' | 'push' | 'limit';

type IsUnion<T, U = T> = T extends unknown ? ([U] extends [T] ? false : true) : never;
type IsOneLiteral<T> = [T] extends [boolean]
  ? IsUnion<T> extends true
    ? false
    : true
  : [T] extends [number]
    ? true
    : string extends T
      ? false
      : IsUnion<T> extends true
        ? false
        : true;

/** Refuses, at compile time, a capability that is not one literal (`'push' | 'limit'`, boolean). */
export type OneLiteralEach<C> = {
  [K in keyof C]: C[K] extends object
    ? OneLiteralEach<C[K]>
    : IsOneLiteral<C[K]> extends true
      ? C[K]
      : never;
};
