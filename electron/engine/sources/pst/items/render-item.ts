import { readBody } from '../body/message-body.ts';
import type { NamedProperties } from '../ltp/named-properties.ts';
import type { Properties } from '../ltp/property-context.ts';
import { tag } from '../ltp/property-ids.ts';
import { kindOfClass, plainSubject } from '../messaging/message.ts';
import { calendarObject } from './calendar-file.ts';
import { renderContact } from './contact.ts';
import { renderDistributionList } from './distribution-list.ts';
import { readEvent } from './event.ts';
import { itemFile } from './item-file.ts';
import type { ItemFile } from './item-file.ts';
import { renderJournal, renderTask } from './task.ts';

/**
 * An item that is no mail as a file: contacts and distribution lists as vCard 4.0; appointments, tasks and journal
 * entries as iCalendar; notes, and whatever else there may be, as text. The same octets every time.
 */
export function renderItem(properties: Properties, names: NamedProperties): ItemFile {
  switch (kindOfClass(properties.text(tag.messageClass))) {
    case 'contact':
      return renderContact(properties, names);
    case 'distribution-list':
      return renderDistributionList(properties, names);
    case 'appointment': {
      const event = readEvent(properties, names);
      const octets = calendarObject(event.lines);
      return itemFile(properties, { title: event.title, extension: 'ics', octets });
    }
    case 'task':
      return renderTask(properties, names);
    case 'journal':
      return renderJournal(properties, names);
    case 'note':
    case 'mail':
    case 'internal': {
      const title = plainSubject(properties.text(tag.subject));
      const text = readBody(properties).plain?.octets ?? Buffer.from(title, 'utf8');
      return itemFile(properties, { title, extension: 'txt', octets: text });
    }
  }
}
