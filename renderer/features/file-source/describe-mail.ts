import type { RecognisedMail } from '../../../shared/model/recognised-mail.ts';
import type { Words } from '../../words/words.ts';

/** Kinds whose own name says which program made them. */
const saysProgram: ReadonlySet<RecognisedMail['kind']> = new Set([
  'travaso-archive',
  'pst',
  'thunderbird-profile',
  'apple-mbox',
  'zimbra-tgz',
]);

/** What something was recognised as, in plain words. */
export function describeMail(
  { kind, program, variant }: Pick<RecognisedMail, 'kind' | 'program' | 'variant'>,
  { file }: Words,
): string {
  const special = Object.entries(file.variants).find(([name]) => name === variant)?.[1];
  // An address book is Google's or Outlook's; of the other special kinds the words say whose they are.
  if (special !== undefined && kind !== 'items') return special;
  const what = special ?? file.kinds[kind];
  return program === null || saysProgram.has(kind) ? what : file.madeBy(what, file.programs[program]);
}
