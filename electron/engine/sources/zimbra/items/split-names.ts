/** Names of tags as an item carries them (`tn`): commas between, a backslash before what is meant as it is. */
export function splitNames(encoded: string): readonly string[] {
  const names: string[] = [];
  for (const [, part = ''] of encoded.matchAll(/((?:\\.|[^\\,])+)(?:,|$)/gs)) {
    const name = part.replaceAll(/\\(.)/gs, '$1').trim();
    if (name !== '') names.push(name);
  }
  return names;
}
