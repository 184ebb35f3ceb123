import { TravasoError } from '../../../../../shared/errors.ts';
import { contactItemFields } from '../../../items/contact-fields.ts';
import { fieldsOf } from '../../../items/item-fields.ts';
import type { ItemFields } from '../../../items/item-fields.ts';
import { zimbraVcard } from '../../../items/zimbra-vcard.ts';
import type { ZimbraContact } from '../../../items/zimbra-vcard.ts';
import type { OutgoingItem, PreparedItem } from '../../item-target.ts';
import { identityAttribute, outgoingContact } from './contact-attributes.ts';
import type { OutgoingContact } from './contact-attributes.ts';
import { fieldChanges } from './field-changes.ts';

/** @throws ITEM_REFUSED where the file is no vCard */
export function prepareContact(item: OutgoingItem): PreparedItem {
  const outgoing = readContact(item);
  const kept = storedContactFields({ ...outgoing, id: item.identity, changed: null });
  const wanted = foldCategories(contactItemFields(item.octets));
  return { kept, changed: fieldChanges(wanted, kept, outgoing.asText) };
}

/** @throws ITEM_REFUSED */
export function readContact(item: OutgoingItem): OutgoingContact {
  try {
    return outgoingContact(item.octets);
  } catch (error) {
    throw new TravasoError('ITEM_REFUSED', { kind: item.kind, name: item.name, reason: 'malformed' }, { cause: error });
  }
}

/** What the server gives of a contact, in the fields that all servers share. */
export function storedContactFields(contact: ZimbraContact): ItemFields {
  const fields = Object.fromEntries(Object.entries(contact.fields).filter(([name]) => name !== identityAttribute));
  return foldCategories(contactItemFields(zimbraVcard({ ...contact, fields }).octets));
}

/** `lavoro` and `Lavoro` are one tag there, by the name it had first. */
function foldCategories(fields: ItemFields): ItemFields {
  const categories = new Set((fields.get('category') ?? []).map(each => each.toLowerCase()));
  const others = [...fields].filter(([field]) => field !== 'category');
  return fieldsOf([
    ...others.flatMap(([field, values]) => values.map(value => [field, value] as const)),
    ...[...categories].map(value => ['category', value] as const),
  ]);
}
