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
  if (special !== undefined) return special;
  const what = file.kinds[kind];
  return program === null || saysProgram.has(kind) ? what : file.madeBy(what, file.programs[program]);
}
