import type { MessageAttributes } from '../../../../shared/model/message.ts';
import type { Attributes } from './messaging/message.ts';

type Marks = Pick<Attributes, 'flags' | 'keywords'>;

/**
 * Attributes of hundreds of thousands of messages in a dozen octets each: few mailboxes have more than some dozen
 * different sets of flags and keywords, and a date is a number.
 */
export class AttributeStore {
  private readonly marks: Marks[] = [];
  private readonly places = new Map<string, number>();
  private readonly dates: number[] = [];
  private readonly markOf: number[] = [];
  private readonly byKey = new Map<number, number>();

  put(nid: number, { received, flags, keywords }: Attributes): void {
    // Neither holds a space: both are atoms of IMAP.
    const text = `${flags.join(' ')}\n${keywords.join(' ')}`;
    let mark = this.places.get(text);
    if (mark === undefined) {
      mark = this.marks.push({ flags, keywords }) - 1;
      this.places.set(text, mark);
    }
    this.byKey.set(nid, this.dates.length);
    this.dates.push(received ?? Number.NaN);
    this.markOf.push(mark);
  }

  get(nid: number): MessageAttributes | null {
    const place = this.byKey.get(nid);
    const marks = place === undefined ? undefined : this.marks[this.markOf[place] ?? -1];
    if (place === undefined || marks === undefined) return null;
    const ms = this.dates[place] ?? Number.NaN;
    return { ...marks, internalDate: Number.isNaN(ms) ? null : `${new Date(ms).toISOString().slice(0, 19)}+00:00` };
  }
}
