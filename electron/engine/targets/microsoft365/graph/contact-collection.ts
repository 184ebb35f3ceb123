import type { CollectionParts } from './graph-collection.ts';
import { idOf, segment } from './answers.ts';
import { contactFromGraph, contactSelect } from './contact-from-graph.ts';
import { contactToGraph } from './contact-to-graph.ts';
import type { GraphClient } from './graph-client.ts';
import { GraphRefusal } from './graph-problem.ts';
import { expandMarks, markProperty, readMark } from './identity-property.ts';
import { mapItem } from './map-item.ts';

/** @param path of the folder, `/me` for the one that everybody has */
export function contactCollection(client: GraphClient, path: string, name: string): CollectionParts {
  return {
    name,
    async *list(signal) {
      const request = { method: 'GET', path: `${path}/contacts?$top=250&$select=id&${expandMarks}` } as const;
      for await (const page of client.pages(request, signal))
        yield page.map(each => ({ key: idOf(each), mark: readMark(each) }));
    },

    /** The contact, its picture, and only then the word that it is whole. */
    async make(item, begun, signal) {
      const { resource, photo } = mapItem(() => contactToGraph(item.octets));
      const mark = (state: 'begun' | 'whole') => ({
        singleValueExtendedProperties: [markProperty({ identity: item.identity, state, parts: 0 })],
      });
      const json = { ...resource, ...mark(photo === null ? 'whole' : 'begun') };
      const key = begun ?? idOf(await client.send({ method: 'POST', path: `${path}/contacts`, json }, signal));
      const own = `/me/contacts/${segment(key)}`;
      if (photo !== null) await setPhoto(client, own, photo, signal);
      if (photo !== null || begun !== null)
        await client.send({ method: 'PATCH', path: own, json: mark('whole') }, signal);
      return key;
    },

    async fields(key, signal) {
      const own = `/me/contacts/${segment(key)}`;
      const [answer, hasPhoto] = await Promise.all([
        client.send({ method: 'GET', path: `${own}?${contactSelect}` }, signal),
        photoIsThere(client, own, signal),
      ]);
      return contactFromGraph(answer, hasPhoto);
    },
  };
}

/** A picture that Graph does not take is no reason to refuse the contact: its absence is found by the proof. */
async function setPhoto(
  client: GraphClient,
  own: string,
  octets: { readonly mediaType: string; readonly content: Buffer },
  signal: AbortSignal,
): Promise<void> {
  try {
    await client.send({ method: 'PUT', path: `${own}/photo/$value`, octets }, signal);
  } catch (error) {
    if (!(error instanceof GraphRefusal)) throw error;
  }
}

async function photoIsThere(client: GraphClient, own: string, signal: AbortSignal): Promise<boolean> {
  try {
    await client.send({ method: 'GET', path: `${own}/photo` }, signal);
    return true;
  } catch (error) {
    if (error instanceof GraphRefusal) return false;
    throw error;
  }
}
