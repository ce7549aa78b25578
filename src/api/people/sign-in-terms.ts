/** What routes and the sign-in library agree on; apart, so that routes do not load the library. */

/** The header in which the mounting route tells the library who the peer is. */
export const ADDRESS_HEADER = 'x-parterre-address';
export const SIGN_IN_PATH = '/api/auth';
export const PASSWORD_LENGTH = { minimum: 12, maximum: 128 } as const;
