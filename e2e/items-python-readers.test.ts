import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { newFolder, run } from './reliability/journey.ts';
import { sharedFixture } from './rig/shared-fixtures.ts';

const shelf = sharedFixture('pst');
// Debian's modules belong to Debian's Python, which need not be the first in the path.
const python = ['python3', '/usr/bin/python3'].find(
  each => spawnSync(each, ['-c', 'import vobject, icalendar']).status === 0,
);
if (shelf === null) console.warn('skipped: no PST files in ../shared/fixtures/pst');
if (python === undefined) console.warn('skipped: no python3-vobject and python3-icalendar');

/** Prints how many vCards, calendars and components were read, and every file that a reader refuses. */
const readers = `
import icalendar, json, pathlib, sys, vobject
counts, faults = {'vcard': 0, 'icalendar': 0}, []
for path in sorted(pathlib.Path(sys.argv[1], 'data').rglob('*')):
    text = path.read_bytes() if path.suffix in ('.vcf', '.ics') else None
    if text is None: continue
    try:
        if path.suffix == '.vcf':
            cards = list(vobject.readComponents(text.decode('utf-8')))
            assert cards and all(card.fn.value for card in cards)
            counts['vcard'] += len(cards)
        else:
            calendar = icalendar.Calendar.from_ical(text)
            assert calendar.subcomponents and not calendar.errors
            counts['icalendar'] += 1
    except Exception as error:
        faults.append('%s: %r' % (path.name, error))
print(json.dumps({'counts': counts, 'faults': faults}))
`;

test.skipIf(shelf === null || python === undefined)(
  'Python reads every contact and appointment of the PST files',
  async () => {
    const archive = await newFolder();
    for (const name of ['hht_contacts.pst', 'libpst_dist-list.pst', 'hht_threeItems.pst', 'tika_testPST.pst']) {
      await run(['backup', '--source', `pst:${join(shelf ?? '', name)}`, '--archive', archive, '--json']);
    }
    const read = JSON.parse(execFileSync(python ?? '', ['-c', readers, archive]).toString()) as {
      readonly counts: Readonly<Record<'vcard' | 'icalendar', number>>;
      readonly faults: readonly string[];
    };
    expect(read.faults).toEqual([]);
    expect(read.counts.vcard).toBeGreaterThan(2);
  },
);
