import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { calendarItemFields } from '../electron/engine/items/calendar-fields.ts';
import { newFolder } from './reliability/journey.ts';
import { generateItems } from './rig/generate-items.ts';
import { itemsOracleAvailable, readItems } from './rig/items-oracle.ts';

const events = Number(process.env['TRAVASO_TEST_EVENTS'] ?? 400);

test.skipIf(!itemsOracleAvailable())(
  'series take place when Python says so: every kind of rule, summer time, zones that lie',
  async () => {
    const folder = await newFolder();
    const items = generateItems({ contacts: 0, events });
    const files = items.map(({ key, octets }) => {
      const file = join(folder, `${key}.ics`);
      writeFileSync(file, octets);
      return file;
    });
    const seen = readItems(files);
    expect(seen.size).toBe(events);
    const wrong = items.flatMap(({ key, octets }) => {
      const theirs = seen.get(`evento-${key.slice(1)}@ente.it`)?.['occurrences'];
      const ours = calendarItemFields(octets).get('occurrence') ?? [];
      return JSON.stringify(ours) === JSON.stringify(theirs) ? [] : [{ key, ours, theirs }];
    });
    expect(wrong).toEqual([]);
    const times = [...seen.values()].reduce((sum, { occurrences = [] }) => sum + occurrences.length, 0);
    expect(times).toBeGreaterThan(events);
  },
);
