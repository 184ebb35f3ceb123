/** How often the line may break on one and the same message before that message is set aside. */
const triesPerMessage = 3;

/**
 * Tells a bad line from a message that breaks it. A break while a message comes in is held against that message. One
 * before any message began could be anybody's: after a few of those, messages are asked for one at a time.
 */
export class LineBreaks {
  private readonly counts = new Map<string, number>();
  private asked: readonly string[] = [];
  private begun: string | null = null;
  /** Breaks in a row in which no message came. */
  private barren = 0;

  /** Which of the keys to ask for on the next try: all, or the first alone. */
  choose(keys: readonly string[]): readonly string[] {
    this.begun = null;
    this.asked = this.barren >= triesPerMessage ? keys.slice(0, 1) : keys;
    return this.asked;
  }

  began(key: string): void {
    this.begun = key;
  }

  finished(): void {
    this.begun = null;
    this.barren = 0;
  }

  /** Call when the line broke. Returns the key of the message to set aside, if it was that one once too often. */
  broke(): string | null {
    const culprit = this.begun ?? (this.asked.length === 1 ? this.asked[0] : undefined);
    this.begun = null;
    if (culprit === undefined) {
      this.barren += 1;
      return null;
    }
    const count = (this.counts.get(culprit) ?? 0) + 1;
    this.counts.set(culprit, count);
    if (count < triesPerMessage) return null;
    this.barren = 0;
    return culprit;
  }
}
