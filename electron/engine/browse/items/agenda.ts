import type { Input, Output } from '../../../../shared/contract.ts';
import type { AgendaRow } from '../../../../shared/model/item-view.ts';
import { clockOf } from '../../items/zone-time.ts';
import { timeForms } from './item-digest.ts';
import type { ItemDigest } from './item-digest.ts';
import type { Shelf, ShelvedItem } from './item-shelf.ts';

type EventDigest = Extract<ItemDigest, { kind: 'event' }>;
type TimeForm = (typeof timeForms)[number];

const mostRows = 2000;
const mostUntimed = 100;

/** Bounds for each way of writing a time. */
type Span = Readonly<Record<TimeForm, { readonly from: number; readonly to: number }>>;

interface Found {
  readonly at: number;
  readonly item: ShelvedItem;
  readonly digest: EventDigest;
  readonly place: number;
}

/** What takes place within some days where the person is. A zone that this computer does not know counts as UTC. */
export function agendaOf(
  shelf: Shelf,
  { folder, from, to, zone }: Omit<Input<'items.agenda'>, 'archive'>,
): Output<'items.agenda'> {
  const local = localClock(zone);
  const days = { from: Date.parse(from), to: Date.parse(to) };
  const span: Span = {
    instant: { from: local.instantOf(days.from), to: local.instantOf(days.to) },
    day: days,
    wall: days,
  };
  const found: Found[] = [];
  const untimed: Output<'items.agenda'>['untimed'] = [];
  let before = -Infinity;
  let after = Infinity;
  for (const item of shelf.items) {
    if (folder !== null && item.folder !== folder) continue;
    const { digest } = item;
    if (digest === null) continue;
    if (digest.kind !== 'event' || digest.starts.length === 0) {
      if (untimed.length < mostUntimed) untimed.push(untimedRow(item));
      continue;
    }
    for (let place = 0; place < digest.starts.length; place += 1) {
      const form = formOf(digest, place);
      const start = digest.starts[place] ?? 0;
      const end = digest.ends[place] ?? start;
      const bounds = span[form];
      if (start >= bounds.to) after = Math.min(after, onWall(start, form, local));
      else if (end > bounds.from || start >= bounds.from)
        found.push({ at: onWall(start, form, local), item, digest, place });
      else before = Math.max(before, onWall(start, form, local));
    }
  }
  // What lasts all day stands before what begins at midnight.
  found.sort((a, b) => Math.max(a.at, days.from) - Math.max(b.at, days.from) || formRank(a) - formRank(b));
  return {
    reading: shelf.reading,
    total: found.length,
    rows: found.slice(0, mostRows).map(each => rowOf(each, days.from)),
    before: Number.isFinite(before) ? dayOf(before) : null,
    after: Number.isFinite(after) ? dayOf(after) : null,
    untimed,
  };
}

function untimedRow({ folder, number, name, digest }: ShelvedItem): Output<'items.agenda'>['untimed'][number] {
  return { folder, number, title: digest?.kind === 'event' && digest.title !== '' ? digest.title : name };
}

function formOf({ forms }: EventDigest, place: number): TimeForm {
  return timeForms[forms[place] ?? 0] ?? 'instant';
}

function formRank({ digest, place }: Found): number {
  return formOf(digest, place) === 'day' ? 0 : 1;
}

function rowOf({ at, item, digest, place }: Found, firstDay: number): AgendaRow {
  const form = formOf(digest, place);
  const own = digest.exceptions.get(place);
  const { title, place: where, cancelled } = own ?? digest;
  return {
    folder: item.folder,
    number: item.number,
    start: textOf(digest.starts[place] ?? 0, form),
    end: textOf(digest.ends[place] ?? 0, form),
    day: dayOf(Math.max(at, firstDay)),
    title: title === '' ? digest.title || item.name : title,
    place: where,
    repeats: digest.repeats,
    exception: own !== undefined,
    cancelled,
    absent: item.absent,
  };
}

function textOf(ms: number, form: TimeForm): string {
  const iso = new Date(ms).toISOString().slice(0, 19);
  return form === 'day' ? iso.slice(0, 10) : form === 'wall' ? iso : `${iso}Z`;
}

function dayOf(wallMs: number): string {
  return new Date(wallMs).toISOString().slice(0, 10);
}

function onWall(ms: number, form: TimeForm, local: LocalClock): number {
  return form === 'instant' ? local.wallOf(ms) : ms;
}

interface LocalClock {
  readonly instantOf: (wallMs: number) => number;
  readonly wallOf: (instantMs: number) => number;
}

const hourMs = 60 * 60 * 1000;

/** Asking for an offset costs microseconds, and zones change theirs on the hour. */
function localClock(wanted: string): LocalClock {
  const known = clockOf(wanted, null);
  const zone = known === null ? 'UTC' : wanted;
  const format = new Intl.DateTimeFormat('sv-SE', {
    ...{ timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit' },
    ...{ hour: '2-digit', minute: '2-digit', second: '2-digit' },
  });
  const offsets = new Map<number, number>();
  const offsetIn = (hour: number): number => {
    const remembered = offsets.get(hour);
    if (remembered !== undefined) return remembered;
    const instant = hour * hourMs;
    const offset = Date.parse(`${format.format(instant).replace(' ', 'T')}Z`) - instant;
    offsets.set(hour, offset);
    return offset;
  };
  return { instantOf: known ?? (wall => wall), wallOf: instant => instant + offsetIn(Math.floor(instant / hourMs)) };
}
