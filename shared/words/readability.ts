/**
 * Gulpease (Lucisano and Piemontese, 1988): how easily an Italian text is read, 0 to 100. From 60 up, people with a
 * middle-school diploma read it without help. Short texts can go above 100.
 */
export function gulpease(text: string): number {
  const words = wordsOf(text);
  const letters = words.join('').replaceAll(/[^\p{L}\p{N}]/gu, '').length;
  const sentences = text.split(/[.!?:;](?:\s|$)/u).filter(part => /\p{L}/u.test(part)).length;
  return words.length === 0 ? 100 : 89 + (300 * sentences - 10 * letters) / words.length;
}

export function wordsOf(text: string): readonly string[] {
  return text.split(/[\s’']+/u).filter(word => /[\p{L}\p{N}]/u.test(word));
}
