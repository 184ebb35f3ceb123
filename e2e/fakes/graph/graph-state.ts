import type { FakeEvent } from './fake-events.ts';
import type { GraphQuirks } from './graph-quirks.ts';

type Resource = Readonly<Record<string, unknown>>;

export interface FakeFolder {
  readonly id: string;
  readonly kind: 'contact' | 'event' | 'task';
  readonly resource: Resource;
}

export interface FakeItem {
  readonly id: string;
  readonly folder: string;
  resource: Resource;
  photo: Buffer | null;
}

/** A mailbox, and what happened to it. */
export class GraphState {
  quirks: GraphQuirks;
  /** Whether a bearer token is good. */
  accepts: (token: string) => boolean;
  readonly folders: FakeFolder[] = [
    { id: 'cal-default', kind: 'event', resource: { name: 'Calendario', isDefaultCalendar: true, canEdit: true } },
    { id: 'cal-birthdays', kind: 'event', resource: { name: 'Compleanni', isDefaultCalendar: false, canEdit: false } },
    {
      id: 'list-default',
      kind: 'task',
      resource: { displayName: 'Attività', wellknownListName: 'defaultList', isOwner: true },
    },
    {
      id: 'list-flagged',
      kind: 'task',
      resource: { displayName: 'Posta contrassegnata', wellknownListName: 'flaggedEmails', isOwner: true },
    },
  ];
  readonly contacts = new Map<string, FakeItem>();
  readonly events = new Map<string, FakeEvent>();
  readonly tasks = new Map<string, FakeItem>();
  /** Requests, whatever became of them. */
  readonly requests: { readonly method: string; readonly path: string }[] = [];
  /** Invitations, changes and cancellations that people would have got. */
  wouldHaveMailed = 0;
  /** Requests at once, at most. */
  mostAtOnce = 0;
  /** Changes and deletions of what bears no mark of ours. */
  touchedForeign = 0;

  constructor(quirks: GraphQuirks, accepts: (token: string) => boolean) {
    this.quirks = quirks;
    this.accepts = accepts;
  }

  marks(kind: 'contacts' | 'events'): readonly string[] {
    return [...this[kind].values()].flatMap(({ resource }) => {
      const properties = (resource['singleValueExtendedProperties'] ?? []) as readonly { id: string; value: string }[];
      return properties.filter(({ id }) => id.endsWith('TravasoItem')).map(({ value }) => value);
    });
  }
}
