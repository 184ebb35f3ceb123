import type { Problem } from '../../../../shared/errors.ts';
import type { MboxScan } from './scan-mbox.ts';

/**
 * How the writer of an mbox kept lines of a message that begin with `From ` apart from separators.
 *
 * - `mboxrd` puts `>` before every `From `, `>From `, `>>From ` …: the only one that can be undone. No sign in a file
 *   proves it, for `>>From ` also stands in answers to quoted mail. It is believed of our own archives alone.
 * - `mboxo` puts `>` before `From ` only, so that `>From ` may be either. `mboxo-or-mboxrd` when deeper quotes occur.
 *   Both are kept as they are in the file: a `>` too many can be seen, a `>` too few has changed what somebody wrote.
 * - `mboxcl` and `mboxcl2` tell each message's length; the second does not quote at all.
 * - `unquoted`: no line in question occurs. Nothing had to be assumed.
 */
export type MboxVariant = 'mboxrd' | 'mboxo' | 'mboxo-or-mboxrd' | 'mboxcl' | 'mboxcl2' | 'unquoted';

export interface AssumedVariant {
  readonly variant: MboxVariant;
  readonly reason: string;
}

export function assumeVariant({ evidence, messages }: MboxScan, ours: boolean): AssumedVariant {
  if (ours) return { variant: 'mboxrd', reason: 'archive-sidecar' };
  const { quotedLines, deeperQuotedLines, unquotedLines, lengthsKept } = evidence;
  if (lengthsKept > 0 && lengthsKept >= messages.length && unquotedLines > 0) {
    return { variant: 'mboxcl2', reason: 'lengths-prove' };
  }
  if (quotedLines === 0) return { variant: 'unquoted', reason: 'no-quoted-lines' };
  if (lengthsKept > 0 && lengthsKept >= messages.length) return { variant: 'mboxcl', reason: 'quoted-lines-kept' };
  return { variant: deeperQuotedLines > 0 ? 'mboxo-or-mboxrd' : 'mboxo', reason: 'quoted-lines-kept' };
}

/** What the report has to say about the variants of a tree: one remark for each variant that was an assumption. */
export function variantRemarks(
  assumed: readonly (AssumedVariant & { readonly file: string; readonly quotedLines: number })[],
): readonly Problem[] {
  const doubtful = assumed.filter(({ variant }) => variant !== 'unquoted' && variant !== 'mboxrd');
  return [...Map.groupBy(doubtful, ({ variant }) => variant)].map(([variant, files]) => ({
    code: 'MBOX_VARIANT_ASSUMED',
    details: {
      file: nameSome(files.map(({ file }) => file)),
      files: files.length,
      variant,
      reason: files[0]?.reason ?? '',
      quotedLines: files.reduce((sum, file) => sum + file.quotedLines, 0),
    },
  }));
}

/** Few names in full rather than hundreds nobody reads. */
export function nameSome(names: readonly string[]): string {
  const shown = names.slice(0, 3).join(', ');
  return names.length > 3 ? `${shown} …` : shown;
}
