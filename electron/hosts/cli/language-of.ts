import type { Language } from '../../../shared/words/language.ts';

/**
 * The language of the output: what `--lang` says, else what the environment says (POSIX: LC_ALL before LANG). A
 * script's `C` locale says nothing about the reader, and most readers are Italian.
 */
export function languageOf(env: Readonly<Record<string, string | undefined>>, args: readonly string[] = []): Language {
  const option = args.indexOf('--lang');
  const said = option >= 0 ? args[option + 1] : (env['LC_ALL'] ?? env['LC_MESSAGES'] ?? env['LANG']);
  return said?.startsWith('en') === true ? 'en' : 'it';
}
