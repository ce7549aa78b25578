/** What a person signs in with, as it is kept and compared. */

// No wider than what the sign-in library takes: whom it refuses could never sign in.
const EMAIL =
  /^(?!.*\.\.)[a-z0-9_'+-](?:[a-z0-9_'+.-]{0,62}[a-z0-9_+-])?@(?:[a-z0-9][a-z0-9-]*\.)+[a-z]{2,}$/;
const EMAIL_MAX = 254;
const NAME_MAX = 100;
// Line breaks and other controls would break mails and logs apart.
const CONTROL = /\p{Cc}/u;

/** In lower case without blanks around it; null: it is no address. */
export function readEmail(text: string): string | null {
  const email = text.trim().toLowerCase();
  return email.length <= EMAIL_MAX && EMAIL.test(email) ? email : null;
}

/** A name of a person or a key; null: empty, too long, or with control characters. */
export function readName(text: string): string | null {
  const name = text.trim();
  return name !== '' && name.length <= NAME_MAX && !CONTROL.test(name) ? name : null;
}
