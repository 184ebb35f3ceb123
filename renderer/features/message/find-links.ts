export interface TextPiece {
  readonly text: string;
  readonly isLink: boolean;
}

/** More buttons than this make a page slow, and nobody presses the 501st. */
const mostLinks = 500;

/** An address ends before what closes the sentence or the bracket around it. */
const address = /\b(?:https?:\/\/|mailto:)[^\s<>"'«»“”]*[^\s<>"'«»“”.,;:!?)\]}]/giu;

/** Cuts a text into addresses and what stands between them; put together again, the pieces are the text. */
export function findLinks(text: string): readonly TextPiece[] {
  const pieces: TextPiece[] = [];
  let from = 0;
  let links = 0;
  for (const found of text.matchAll(address)) {
    if (links === mostLinks) break;
    if (found.index > from) pieces.push({ text: text.slice(from, found.index), isLink: false });
    pieces.push({ text: found[0], isLink: true });
    from = found.index + found[0].length;
    links += 1;
  }
  if (from < text.length) pieces.push({ text: text.slice(from), isLink: false });
  return pieces;
}
