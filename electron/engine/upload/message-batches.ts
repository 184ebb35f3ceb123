import type { ArchivedMessage } from '../archive/catalogue/message-table.ts';

/** What is in doubt at once when the line breaks; a single message may be larger. */
const batchOctets = 16 * 1024 * 1024;

/** Messages that are sent together: at most so many, and not much more than `batchOctets`. */
export function* batches(messages: readonly ArchivedMessage[], most: number): Generator<ArchivedMessage[]> {
  let batch: ArchivedMessage[] = [];
  let octets = 0;
  for (const message of messages) {
    if (batch.length >= most || (batch.length > 0 && octets + message.size > batchOctets)) {
      yield batch;
      batch = [];
      octets = 0;
    }
    batch.push(message);
    octets += message.size;
  }
  if (batch.length > 0) yield batch;
}
