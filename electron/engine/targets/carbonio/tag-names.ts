/** Tag.validateItemName: a colon and a backslash, controls, and what is left of nothing are refused. */
const illegal = /[:\\\p{Cc}]|\p{Cs}/u;
const longest = 128;

/** Whether the server can hold a tag of this very name. */
export function isTagName(name: string): boolean {
  return name !== '' && name.trim() === name && name.length <= longest && !illegal.test(name);
}

/** `tn` of an item: commas between the names, and a backslash before a comma in one. */
export function encodeTagNames(names: readonly string[]): string {
  return names.map(name => name.replaceAll('\\', '\\\\').replaceAll(',', '\\,')).join(',');
}

export function decodeTagNames(encoded: string): string[] {
  const names: string[] = [''];
  for (let at = 0; at < encoded.length; at += 1) {
    const character = encoded.charAt(at);
    if (character === ',') names.push('');
    else if (character === '\\') names.push((names.pop() ?? '') + encoded.charAt(++at));
    else names.push((names.pop() ?? '') + character);
  }
  return names.map(name => name.trim()).filter(name => name !== '');
}
