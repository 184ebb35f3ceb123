import * as z from 'zod';
import { otherItemKinds } from '../model/item.ts';
import {
  agendaRowSchema,
  contactRowSchema,
  itemViewSchema,
  listReadingSchema,
  otherItemRowSchema,
  taskRowSchema,
} from '../model/item-view.ts';
import { path } from './schemas.ts';

const folder = { archive: path, folder: z.int().nullable() };
const item = z.object({ archive: path, folder: z.int(), number: z.int() });
const page = { offset: z.int().nonnegative().default(0), limit: z.int().min(1).max(500).default(100) };
const day = z.iso.date();

/**
 * Looking at what an archive holds beside mail. Lists are there at once and know more with every answer, until
 * `reading.done` is `reading.total`. Nothing of an item is ever executed, and nothing it names is ever fetched.
 */
export const itemMethods = {
  /** Contacts by name, in all address books or one. `query`: the beginnings of words of names, addresses and the like. */
  'items.contacts': {
    input: z.object({ ...folder, query: z.string().max(200).default(''), ...page }),
    output: z.object({ total: z.int(), reading: listReadingSchema, rows: z.array(contactRowSchema) }),
  },
  /** What takes place from one day up to, not including, another where the person is, in the order of time. */
  'items.agenda': {
    input: z.object({ ...folder, from: day, to: day, zone: z.string().max(100) }),
    output: z.object({
      reading: listReadingSchema,
      /** The first so many. */
      rows: z.array(agendaRowSchema).max(2000),
      total: z.int(),
      /** The nearest days before and after on which anything takes place. */
      before: day.nullable(),
      after: day.nullable(),
      /** Appointments that cannot be read, or have no time. */
      untimed: z.array(z.object({ folder: z.int(), number: z.int(), title: z.string() })).max(100),
    }),
  },
  /** What is to be done first, by when; then what is done. */
  'items.tasks': {
    input: z.object({ ...folder, ...page }),
    output: z.object({ total: z.int(), reading: listReadingSchema, rows: z.array(taskRowSchema) }),
  },
  /** Notes, files, rules, signatures and settings, kind by kind and by name; of one kind alone where it is named. */
  'items.others': {
    input: z.object({ archive: path, kind: z.enum(otherItemKinds).nullable(), ...page }),
    output: z.object({ total: z.int(), reading: listReadingSchema, rows: z.array(otherItemRowSchema) }),
  },
  'item.read': { input: item, output: itemViewSchema },
  /** The exact octets as a file that does not exist yet, checked against the archive's own record. */
  'item.save': { input: item.extend({ to: path }), output: z.object({ written: z.int() }) },
  /** One attachment, as a file that does not exist yet, marked as come from the internet. Never opened. */
  'item.savePart': { input: item.extend({ part: z.int(), to: path }), output: z.object({ written: z.int() }) },
} as const;
