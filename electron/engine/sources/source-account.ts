import * as z from 'zod';

/**
 * What a mailbox says of itself beside its mail: kept in the archive, because nobody can ask the old server later. No
 * secret is in it. Null or empty where the server did not tell.
 */
export const sourceAccountSchema = z.object({
  account: z.string(),
  /** The server's product and version, in its own words. */
  server: z.string(),
  /** The account's name as the server says it. */
  name: z.string(),
  /** Octets in use, and allowed; null for no limit too. */
  usedBytes: z.int().nonnegative().nullable(),
  quotaBytes: z.int().positive().nullable(),
  /** Further addresses whose mail arrives here. */
  aliases: z.array(z.string()),
  /** From whom the person writes. */
  identities: z.array(
    z.object({ name: z.string(), address: z.string().nullable(), displayName: z.string().nullable() }),
  ),
  /** Keywords by the names and colours the person gave them: a number of Zimbra's palette, or `#rrggbb`. */
  tags: z.array(z.object({ name: z.string(), color: z.int().nullable(), rgb: z.string().nullable() })),
});
export type SourceAccount = z.infer<typeof sourceAccountSchema>;

/** How the person saw each tag, by its name in lower case; tags of the default colour are not among them. */
export function tagColours(
  accounts: readonly SourceAccount[],
): ReadonlyMap<string, { readonly color: number } | { readonly rgb: string }> {
  const colours = new Map<string, { readonly color: number } | { readonly rgb: string }>();
  for (const { name, color, rgb } of accounts.flatMap(({ tags }) => tags)) {
    if (rgb !== null) colours.set(name.toLowerCase(), { rgb });
    else if (color !== null) colours.set(name.toLowerCase(), { color });
  }
  return colours;
}
