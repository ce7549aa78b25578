/** How the command line's sentences are typed: every key in every language, no other parameter. */
import type { en } from './en.ts';

export type CliTextKey = keyof typeof en;

type Placeholders<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholders<Rest>
  : never;

/** The parameters that a sentence asks for. */
export type CliTextParams<Key extends CliTextKey> = Readonly<
  Record<Placeholders<(typeof en)[Key]>, string | number | null>
>;

type Checked<Texts> = {
  readonly [Key in keyof Texts]: Key extends CliTextKey
    ? Texts[Key] extends string
      ? [Exclude<Placeholders<Texts[Key]>, Placeholders<(typeof en)[Key]>>] extends [never]
        ? Texts[Key]
        : `no such parameter: ${Exclude<Placeholders<Texts[Key]>, Placeholders<(typeof en)[Key]>>}`
      : never
    : 'no such text';
};

export function cliTexts<const Texts extends Record<CliTextKey, string>>(
  texts: Texts & Checked<Texts>,
): Readonly<Record<CliTextKey, string>> {
  return texts;
}
