import { FakeFault } from '../fake-account.ts';
import type { SoapBody, SoapHandler } from '../fake-account.ts';
import { attribute, child, decodeNames, demanded, isTrue, messageElement } from './elements.ts';
import type { MailboxStore, StoredFolder } from './mailbox-store.ts';
import { withAddedFields } from './added-fields.ts';

/** Uploads that nobody asked for in this time are thrown away. */
const uploadLifeMs = 15 * 60_000;

export interface MessageManners {
  /** Whether a message that comes by way of an upload is given the MIME-Version and Message-ID it lacks. */
  readonly addsFields: boolean;
}

export function messageHandlers(
  store: MailboxStore,
  manners: MessageManners,
): readonly (readonly [string, SoapHandler])[] {
  return [
    ['AddMsgRequest', body => addMessage(store, manners, child(body, 'm'))],
    ['SearchRequest', body => search(store, body)],
    ['GetMsgMetadataRequest', body => metadata(store, child(body, 'm'))],
    ['GetMsgRequest', body => getMessage(store, child(body, 'm'))],
    ['MsgActionRequest', body => act(store, child(body, 'action'))],
    ['NoOpRequest', () => ({})],
  ];
}

function addMessage(store: MailboxStore, { addsFields }: MessageManners, asked: SoapBody): SoapBody {
  const folder = folderOf(store, demanded(asked, 'l'));
  const flags = attribute(asked, 'f') ?? '';
  if (/[^ufrwdsaxn!?v]/.test(flags)) throw new FakeFault('service.INVALID_REQUEST', { flags });
  const aid = attribute(asked, 'aid');
  const given = aid === null ? inlineOctets(asked) : uploadedOctets(store, aid);
  const octets = aid !== null && addsFields ? withAddedFields(given) : given;
  const date = Number(attribute(asked, 'd') ?? Date.now());
  const tags = decodeNames(attribute(asked, 'tn') ?? '');
  const stored = store.addMessage({ folder: folder.id, octets, flags: [...new Set(flags)].join(''), tags, date });
  if (aid !== null) store.uploads.delete(aid);
  if (!isTrue(asked, 'noICal') && /^content-type:\s*text\/calendar/im.test(octets.toString('latin1'))) {
    store.invitations += 1;
  }
  return { m: [messageElement(store, stored)] };
}

function folderOf(store: MailboxStore, named: string): StoredFolder {
  if (!named.startsWith('/')) return store.folder(named);
  let id = '1';
  for (const name of named.split('/').filter(each => each !== '')) {
    id = store.childNamed(id, name)?.id ?? '';
    if (id === '') throw new FakeFault('mail.NO_SUCH_FOLDER', { name: named });
  }
  return store.folder(id);
}

function uploadedOctets(store: MailboxStore, aid: string): Buffer {
  const upload = store.uploads.get(aid);
  if (upload === undefined || Date.now() - upload.at > uploadLifeMs) {
    store.uploads.delete(aid);
    throw new FakeFault('mail.NO_SUCH_UPLOAD', { aid });
  }
  return upload.octets;
}

function inlineOctets(asked: SoapBody): Buffer {
  const text = attribute(child(asked, 'content'), '_content') ?? '';
  return Buffer.from(text, 'latin1');
}

/** `inid:257` is all it understands. */
export function search(store: MailboxStore, body: SoapBody): SoapBody {
  const folder = /^inid:(\d+)$/.exec(demanded(body, 'query'))?.[1];
  if (folder === undefined) throw new FakeFault('mail.QUERY_PARSE_ERROR');
  const limit = Math.min(Number(attribute(body, 'limit') ?? 10), 1000);
  const offset = Number(attribute(body, 'offset') ?? 0);
  const all = store.messagesIn(folder).sort((a, b) => a.date - b.date || Number(a.id) - Number(b.id));
  const shown = all.slice(offset, offset + limit).map(each => messageElement(store, each));
  return { sortBy: 'dateAsc', offset, more: offset + limit < all.length, ...(shown.length === 0 ? {} : { m: shown }) };
}

/** One id that is not there makes the whole request fail. */
function metadata(store: MailboxStore, asked: SoapBody): SoapBody {
  const ids = demanded(asked, 'ids').split(',');
  return { m: ids.map(id => messageElement(store, store.message(id))) };
}

/** Only what is small and plain stands in the answer; for the rest there is an address. */
function getMessage(store: MailboxStore, asked: SoapBody): SoapBody {
  const message = store.message(demanded(asked, 'id'));
  const text = message.octets.toString('latin1');
  // eslint-disable-next-line no-control-regex -- plain ASCII
  const content = text.length < 10_000 && /^[\x09\x0a\x0d\x20-\x7e]*$/.test(text) ? { _content: text } : null;
  return {
    m: [
      { ...messageElement(store, message), content: content ?? { url: `/service/home/~/?auth=co&id=${message.id}` } },
    ],
  };
}

function act(store: MailboxStore, asked: SoapBody): SoapBody {
  const ids = demanded(asked, 'id').split(',');
  const op = demanded(asked, 'op');
  for (const id of ids) {
    const message = store.message(id);
    const without = (letter: string): string => message.flags.replaceAll(letter, '');
    switch (op) {
      case 'read':
        message.flags = without('u');
        break;
      case '!read':
        message.flags = `${without('u')}u`;
        break;
      case 'flag':
        message.flags = `${without('f')}f`;
        break;
      case 'tag':
        message.tags = [...new Set([...message.tags, demanded(asked, 'tn')])];
        break;
      case 'move':
        message.folder = folderOf(store, demanded(asked, 'l')).id;
        break;
      case 'delete':
        store.deleteMessage(id);
        continue;
      default:
        throw new FakeFault('service.INVALID_REQUEST', { op });
    }
    store.change += 1;
    message.modified = store.change;
  }
  return { action: { id: ids.join(','), op } };
}
