import { useState } from 'react';
import { otherItemKinds } from '../../../shared/model/item.ts';
import type { ItemKind } from '../../../shared/model/item.ts';
import type { ArchiveView } from '../../../shared/model/message-list.ts';
import { useWords } from '../../services.ts';
import { AddressBook } from '../items/address-book.tsx';
import { Calendar } from '../items/calendar.tsx';
import { OtherItems } from '../items/other-items.tsx';
import { ArchiveBrowser } from './archive-browser.tsx';

interface ArchiveSectionsProps {
  readonly archive: string;
  readonly view: ArchiveView;
  readonly shown: boolean;
}

const kindsIn = {
  contacts: ['contact'],
  calendar: ['event', 'task'],
  others: otherItemKinds,
} as const satisfies Readonly<Record<string, readonly ItemKind[]>>;
const sections = ['mail', 'contacts', 'calendar', 'others'] as const;
type Section = (typeof sections)[number];

/** Mail, contacts, calendar and the rest of an archive. Each stays as it was left while another is looked at. */
export function ArchiveSections({ archive, view, shown }: ArchiveSectionsProps) {
  const words = useWords().items.sections;
  const [section, setSection] = useState<Section>('mail');
  const [seen, setSeen] = useState<ReadonlySet<Section>>(new Set(['mail']));
  const has = (kinds: readonly ItemKind[]): boolean => view.itemFolders.some(({ kind }) => kinds.includes(kind));
  const offered = sections.filter(name => name === 'mail' || has(kindsIn[name]));
  function show(name: Section): void {
    setSection(name);
    setSeen(new Set([...seen, name]));
  }
  return (
    <>
      {offered.length < 2 ? null : (
        <div role="group" aria-label={words.label} className="t-views t-sections">
          {offered.map(name => (
            <button key={name} type="button" aria-pressed={name === section} onClick={() => show(name)}>
              {words[name]}
            </button>
          ))}
        </div>
      )}
      <div hidden={section !== 'mail'}>
        <ArchiveBrowser archive={archive} view={view} shown={shown && section === 'mail'} />
      </div>
      {seen.has('contacts') ? (
        <div hidden={section !== 'contacts'}>
          <AddressBook archive={archive} view={view} shown={shown && section === 'contacts'} />
        </div>
      ) : null}
      {seen.has('calendar') ? (
        <div hidden={section !== 'calendar'}>
          <Calendar archive={archive} view={view} shown={shown && section === 'calendar'} />
        </div>
      ) : null}
      {seen.has('others') ? (
        <div hidden={section !== 'others'}>
          <OtherItems archive={archive} view={view} shown={shown && section === 'others'} />
        </div>
      ) : null}
    </>
  );
}
