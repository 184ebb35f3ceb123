import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ICAL from 'ical.js';
import { beforeAll, describe, expect, test } from 'vitest';
import { unicodeFormat } from '../electron/engine/sources/pst/ndb/file-format.ts';
import { mailProperties } from '../electron/engine/sources/pst/testing/draft-items.ts';
import { sampleItems } from '../electron/engine/sources/pst/testing/sample-items.ts';
import { createStoreWriter } from '../electron/engine/sources/pst/testing/store-writer.ts';
import { endAtEveryMoment, momentsOf } from './reliability/every-step.ts';
import { newFolder, run } from './reliability/journey.ts';
import { readArchive } from './rig/archive-oracle.ts';
import { sharedFixture } from './rig/shared-fixtures.ts';

const directories = ['contacts', 'calendars', 'tasks', 'notes', 'files'] as const;
const backupArgs = (source: string, archive: string): string[] => [
  ...['backup', '--source', source, '--archive', archive, '--json'],
];

/** Every file of an item below `data/`, by what it is and hashes to. */
function itemFiles(archive: string): readonly { readonly path: string; readonly octets: Buffer }[] {
  return directories.flatMap(name => {
    const base = join(archive, 'data', name);
    const entries = tryToList(base).filter(entry => entry.isFile() && !entry.name.endsWith('.jsonl'));
    return entries.map(entry => {
      const path = join(entry.parentPath, entry.name);
      return { path: path.slice(archive.length + 1), octets: readFileSync(path) };
    });
  });
}

function tryToList(base: string) {
  try {
    return readdirSync(base, { recursive: true, withFileTypes: true });
  } catch {
    return [];
  }
}

/** Without the folder's number: one whose beginning was lost in a power cut is given the next. */
const held = (archive: string): readonly string[] =>
  itemFiles(archive)
    .map(
      ({ path, octets }) => `${path.replace(/-\d{4}(?=\/)/, '')} ${createHash('sha256').update(octets).digest('hex')}`,
    )
    .sort();

/** What an independent reader says of it; empty when it parses. */
function parseFaults(path: string, octets: Buffer): readonly string[] {
  if (path.endsWith('.txt')) return [];
  try {
    const parsed = ICAL.parse(octets.toString('utf8')) as unknown;
    return Array.isArray(parsed) ? [] : [`${path}: nothing`];
  } catch (error) {
    return [`${path}: ${String(error)}`];
  }
}

async function smallPst(): Promise<string> {
  const writer = createStoreWriter(unicodeFormat);
  const path = join(await newFolder(), 'posta.pst');
  const mail = {
    name: 'Posta in arrivo',
    items: [writer.item(mailProperties('uno')), writer.item(mailProperties('due'))],
  };
  writeFileSync(path, writer.finish([mail, ...sampleItems(writer)]));
  return path;
}

describe('what is no mail in a PST', () => {
  let pst: string;
  let whole: readonly string[];
  beforeAll(async () => {
    pst = await smallPst();
    const archive = await newFolder();
    await run(backupArgs(`pst:${pst}`, archive));
    whole = held(archive);
  });

  test('comes into the archive beside the mail, is counted, and is there once after a second run', async () => {
    const archive = await newFolder();
    const first = await run(backupArgs(`pst:${pst}`, archive));
    expect([first.exitCode, first.stderr]).toEqual([0, '']);
    expect(first.result).toMatchObject({
      messages: { found: 2, stored: 2 },
      items: {
        contact: { found: 2, stored: 2 },
        event: { found: 1, stored: 1 },
        task: { found: 1, stored: 1 },
        note: { found: 1, stored: 1 },
      },
    });
    expect(itemFiles(archive).map(({ path }) => path)).toEqual([
      'data/contacts/contatti-0001/00000/anna-pero-la-prima-0001.vcf',
      'data/contacts/contatti-0001/00000/bruno-0002.vcf',
      'data/calendars/calendario-0002/00000/riunione-bilancio-urgente-0001.ics',
      'data/tasks/attivita-0003/00000/relazione-0001.ics',
      'data/notes/attivita-0004/00000/da-ricordare-0001.txt',
    ]);
    expect(itemFiles(archive).flatMap(({ path, octets }) => parseFaults(path, octets))).toEqual([]);
    expect((await readArchive(archive)).wrong).toEqual([]);

    const second = await run(backupArgs(`pst:${pst}`, archive));
    expect(second.result).toMatchObject({ items: { contact: { found: 2, stored: 0, alreadyPresent: 2 } } });
    expect((await run(['verify', '--archive', archive, '--json'])).exitCode).toBe(0);
  });

  test.each(['kill', 'power-cut'] as const)(
    'a run that ends at any step by a %s is completed by the next',
    async how => {
      const argsFor = (archive: string): string[] => backupArgs(`pst:${pst}`, archive);
      const moments = await momentsOf(argsFor(await newFolder()));
      expect(moments.length).toBeGreaterThan(40);
      const wrong = await endAtEveryMoment(moments, how, async at => {
        const archive = await newFolder();
        return {
          at,
          args: argsFor(archive),
          faults: async () => {
            const { wrong: faults, messages } = await readArchive(archive);
            const now = held(archive);
            return [
              ...faults,
              ...(messages.length === 2 ? [] : [`${messages.length} messages`]),
              ...(JSON.stringify(now) === JSON.stringify(whole) ? [] : [`holds ${now.join(', ')}`]),
            ];
          },
        };
      });
      expect(wrong).toEqual([]);
    },
  );

  const shelf = sharedFixture('pst');
  if (shelf === null) console.warn('skipped: no PST files in ../shared/fixtures/pst');
  test.skipIf(shelf === null)('each item of the fixtures parses in an independent reader', async () => {
    let files = 0;
    for (const name of readdirSync(shelf ?? '').filter(each => each.endsWith('.pst'))) {
      const archive = await newFolder();
      await run(backupArgs(`pst:${join(shelf ?? '', name)}`, archive));
      const items = itemFiles(archive);
      files += items.length;
      expect([name, items.flatMap(({ path, octets }) => parseFaults(path, octets))]).toEqual([name, []]);
    }
    expect(files).toBeGreaterThan(5);
  });
});

/** As Zimbra's ArchiveFormatter lays an export out, and BEncoding its metadata; lengths count UTF-16 units. */
const zimbraExport = String.raw`
import io, json, sys, tarfile

def bencode(value):
    if isinstance(value, dict):
        return "d" + "".join(bencode(key) + bencode(value[key]) for key in sorted(value)) + "e"
    if isinstance(value, list):
        return "l" + "".join(map(bencode, value)) + "e"
    if isinstance(value, int):
        return "i%de" % value
    return "%d:%s" % (len(value.encode("utf-16-le")) // 2, value)

def calendar(lines):
    return "\r\n".join(["BEGIN:VCALENDAR", "PRODID:Zimbra", "VERSION:2.0", "METHOD:REQUEST", *zone, *lines, "END:VCALENDAR", ""])

zone = ["BEGIN:VTIMEZONE", "TZID:Europe/Rome", "BEGIN:STANDARD", "DTSTART:19710101T030000", "TZOFFSETTO:+0100",
        "TZOFFSETFROM:+0200", "TZNAME:CET", "END:STANDARD", "END:VTIMEZONE"]
series = calendar(["BEGIN:VEVENT", "UID:1", "SUMMARY:Riunione\\, ogni lunedì", "DTSTART;TZID=Europe/Rome:20240101T090000",
                   "RRULE:FREQ=WEEKLY", "DTSTAMP:20240101T000000Z", "END:VEVENT"])
moved = calendar(["BEGIN:VEVENT", "UID:1", "SUMMARY:Riunione\\, spostata", "RECURRENCE-ID;TZID=Europe/Rome:20240108T090000",
                  "DTSTART;TZID=Europe/Rome:20240109T090000", "DTSTAMP:20240101T000000Z", "END:VEVENT"])
todo = calendar(["BEGIN:VTODO", "UID:2", "SUMMARY:Relazione", "DTSTAMP:20240101T000000Z", "END:VTODO"])

def message(text):
    import email.message
    inner = email.message.EmailMessage()
    inner["Subject"] = "x"
    inner.set_content("corpo")
    inner.add_alternative(text.encode(), "text", "calendar", cte="base64")
    return inner.as_bytes(policy=inner.policy.clone(linesep="\r\n"))

def digest(texts):
    parts = b"".join(b"--d\r\nX-Zimbra-Invite: 1\r\n\r\n" + message(text) + b"\r\n" for text in texts)
    return b'Content-Type: multipart/digest; boundary="d"\r\n\r\n' + parts + b"--d--\r\n"

photo = b'Content-Type: multipart/mixed; boundary="p"\r\n\r\n--p\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--p--\r\n'
anna = {"firstName": "Anna 😀", "lastName": "Però; \"la prima\"", "email": "anna@ente.it", "email2": "a@b.it", "mobilePhone": "+39 333",
        "workStreet": "Via Roma 1", "workCity": "Milano", "birthday": "1980-05-05", "notes": "due\nrighe, e \\ altro",
        "fileAs": "1", "customField": "vale", "imAddress1": "other://x"}
group = {"nickname": "Ufficio", "type": "group", "groupMember": bencode({"m": [{"t": "I", "v": "Bruno <b@ente.it>"}, {"t": "C", "v": "301"}]})}

with tarfile.open(sys.argv[1], "w:gz", format=tarfile.GNU_FORMAT) as archive:
    def add(name, octets):
        info = tarfile.TarInfo(name)
        info.size, info.mtime = len(octets), 1700000000
        archive.addfile(info, io.BytesIO(octets))
    def item(name, number, kind, octets=None, **more):
        meta = {"id": number, "uuid": "u-%d" % number, "type": kind, "date": 1700000000, "Path": "/" + name.rpartition("/")[0], "Ver": 10, **more}
        add(name + ".meta", json.dumps(meta).encode())
        if octets is not None:
            add(name, octets)
    item("Inbox/0000000257-x.eml", 257, 5, b"Subject: x\r\n\r\nx\r\n", blob_digest="q")
    item("Contacts/Anna", 301, 6, photo, metadata=bencode({"fld": anna, "v": 10}), TagNames="Amici\\: veri:Lavoro")
    item("Contacts/Ufficio", 302, 6, metadata=bencode({"fld": group, "v": 10}))
    item("Contacts/Rotto", 303, 6, metadata="d3:fl")
    item("Calendar/0000000310-Riunione.appt", 310, 11, digest([series, moved]))
    item("Calendar/0000000311-senza corpo.appt", 311, 11)
    item("Tasks/0000000320-Relazione.task", 320, 15, digest([todo]))
    item("Briefcase/Bilancio: 2024?.pdf", 330, 8, b"%PDF-1.7 bilancio")
    item("Briefcase/Meta.pdf", 331, 8, b"%PDF-1.7   ")
    add("Briefcase/Meta.pdf.err", b"")
`;

describe('what is no mail in a Zimbra export', () => {
  test('contacts, groups, pictures, series with exceptions, tasks and files; what cannot be is named', async () => {
    const place = await newFolder();
    const tgz = join(place, 'export.tgz');
    execFileSync('python3', ['-c', zimbraExport, tgz]);
    const archive = await newFolder();
    const first = await run(backupArgs(`tgz:${tgz}`, archive));
    expect([first.exitCode, first.stderr]).toEqual([2, '']);
    expect(first.result).toMatchObject({
      messages: { found: 1, stored: 1 },
      items: {
        contact: { found: 3, stored: 2, setAside: 1 },
        event: { found: 2, stored: 1, setAside: 1 },
        task: { found: 1, stored: 1 },
        file: { found: 2, stored: 2 },
      },
    });
    const exceptions = (first.result as unknown as { exceptions: { code: string; details: { item: string } }[] })
      .exceptions;
    expect(exceptions.map(({ code, details }) => `${code} ${details.item}`).sort()).toEqual([
      ...['ITEM_INCOMPLETE 331', 'ITEM_UNREADABLE 303', 'ITEM_UNREADABLE 311'],
    ]);
    const files = new Map(itemFiles(archive).map(({ path, octets }) => [path, octets]));
    expect([...files.keys()]).toEqual([
      'data/contacts/contacts-0001/00000/anna-pero-la-prima-0001.vcf',
      'data/contacts/contacts-0001/00000/ufficio-0002.vcf',
      'data/calendars/calendar-0002/00000/riunione-ogni-lunedi-0001.ics',
      'data/tasks/tasks-0003/00000/relazione-0001.ics',
      'data/files/briefcase-0004/00000/bilancio-2024-0001.pdf',
      'data/files/briefcase-0004/00000/meta-0002.pdf',
    ]);
    expect([...files].filter(([path]) => !path.endsWith('.pdf')).flatMap(each => parseFaults(...each))).toEqual([]);

    const text = (name: string): string =>
      [...files]
        .find(([path]) => path.includes(name))?.[1]
        .toString('utf8')
        .replaceAll('\r\n ', '') ?? '';
    expect(text('anna').split('\r\n')).toEqual(
      expect.arrayContaining([
        'FN:Anna 😀 Però\\; "la prima"',
        'N:Però\\; "la prima";Anna 😀;;;',
        'EMAIL:anna@ente.it',
        'EMAIL:a@b.it',
        'TEL;VALUE=text;TYPE="cell":+39 333',
        'ADR;TYPE="work":;;Via Roma 1;Milano;;;',
        'BDAY:19800505',
        'NOTE:due\\nrighe\\, e \\\\ altro',
        'CATEGORIES:Amici: veri,Lavoro',
        'PHOTO:data:image/png;base64,iVBORw0KGgo=',
        'X-ZIMBRA-customField:vale',
        'UID:u-301',
      ]),
    );
    expect(text('ufficio').split('\r\n')).toEqual(
      expect.arrayContaining(['KIND:group', 'FN:Ufficio', 'MEMBER:mailto:b@ente.it', 'MEMBER:urn:x-zimbra:C%3A301']),
    );
    const calendar = new ICAL.Component(ICAL.parse(text('riunione')) as unknown[]);
    expect(calendar.getFirstPropertyValue('method')).toBe(null);
    expect(calendar.getAllSubcomponents('vtimezone')).toHaveLength(1);
    expect(calendar.getAllSubcomponents('vevent').map(event => event.getFirstPropertyValue('summary'))).toEqual([
      ...['Riunione, ogni lunedì', 'Riunione, spostata'],
    ]);
    expect((await readArchive(archive)).wrong).toEqual([]);
    // Read again: nothing is stored twice.
    const again = await run(backupArgs(`tgz:${tgz}`, archive));
    expect(again.result).toMatchObject({ items: { contact: { stored: 0, alreadyPresent: 2, setAside: 1 } } });
  });
});
