import * as z from 'zod';
import { idOf, segment } from './answers.ts';
import type { GraphClient } from './graph-client.ts';
import type { CollectionParts, ListedItem } from './graph-collection.ts';
import { extensionName } from './identity-property.ts';
import { mapItem } from './map-item.ts';
import { taskFromGraph } from './task-from-graph.ts';
import { taskToGraph } from './task-to-graph.ts';

/** To Do knows no named properties of Exchange, so the mark is an open extension, made with the task in one request. */
const extended = z.object({
  extensions: z
    .array(z.object({ id: z.string().catch(''), extensionName: z.string().catch(''), identity: z.string().optional() }))
    .catch([]),
});

const expandExtension = `$expand=${encodeURIComponent(`extensions($filter=id eq '${extensionName}')`)}`;

/** @param home the zone in which hours become days */
export function taskCollection(client: GraphClient, list: string, name: string, home: string): CollectionParts {
  const path = `/me/todo/lists/${segment(list)}/tasks`;
  return {
    name,
    async *list(signal) {
      for await (const page of client.pages({ method: 'GET', path: `${path}?$top=100&${expandExtension}` }, signal))
        yield page.map(each => ({ key: idOf(each), mark: readIdentity(each) }));
    },

    async make(item, begun, signal) {
      const extension = { '@odata.type': 'microsoft.graph.openTypeExtension', extensionName, identity: item.identity };
      const json = { ...mapItem(() => taskToGraph(item.octets, home)).resource, extensions: [extension] };
      return begun ?? idOf(await client.send({ method: 'POST', path, json }, signal));
    },

    fields: async (key, signal) =>
      taskFromGraph(await client.send({ method: 'GET', path: `${path}/${segment(key)}` }, signal)),
  };
}

function readIdentity(task: unknown): ListedItem['mark'] {
  const { extensions } = extended.parse(task);
  const own = extensions.find(each => each.extensionName === extensionName || each.id.endsWith(extensionName));
  return own?.identity === undefined ? null : { identity: own.identity, state: 'whole' };
}
