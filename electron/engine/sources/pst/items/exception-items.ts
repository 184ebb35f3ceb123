import { tolerating } from '../damage.ts';
import type { NamedProperties } from '../ltp/named-properties.ts';
import { openProperties } from '../ltp/property-context.ts';
import type { Properties } from '../ltp/property-context.ts';
import { readAttachments } from '../messaging/attachments.ts';

/** PidLidExceptionReplaceTime: when the occurrence would have been, UTC. */
const replaceTime = 0x8228;

/**
 * The changed occurrences of a series, by their original start in UTC. [MS-OXOCAL] 2.2.10 keeps each as an embedded
 * message, hidden among the attachments; what the recurrence blob has no room for, such as the text, is only there.
 */
export function readExceptionItems(series: Properties, names: NamedProperties): ReadonlyMap<number, Properties> {
  const found = new Map<number, Properties>();
  for (const { content } of readAttachments(series)) {
    if (content.kind !== 'message') continue;
    const item = tolerating(series.node.faults, null, () => openProperties(content.node, series.codePage));
    const original = item?.time(names.idOf('appointment', replaceTime)) ?? null;
    if (item !== null && original !== null) found.set(original, item);
  }
  return found;
}
