import { expect, test } from 'vitest';
import { readZimbraFolders } from './zimbra-folders.ts';

test('the tree as IMAP names it: the inbox by its id, roles by ids, shares and searches told apart', () => {
  const answer = {
    folder: [
      {
        id: '1',
        name: 'USER_ROOT',
        folder: [
          {
            id: '2',
            name: 'Posta in arrivo',
            n: 3,
            s: 700,
            folder: [{ id: '300', name: 'Inbox', view: 'message', n: 1 }],
          },
          { id: '5', name: 'Posta inviata', view: 'message', n: 2, s: 10 },
          { id: '3', name: 'Trash', folder: { id: '301', name: 'Vecchi' } },
          { id: '10', name: 'Calendar', view: 'appointment', n: 7 },
          { id: '14', name: 'Chats', view: 'message', n: 1 },
        ],
        link: [
          { id: '400', name: 'Ufficio', view: 'message', owner: 'capo@ente.it', folder: [{ id: 'x:5', name: 'Sent' }] },
        ],
        search: [{ id: '500', name: 'Non letti', query: 'is:unread', types: 'message' }],
      },
    ],
  };
  expect(
    readZimbraFolders(answer).map(({ path, kind, role, holdsMail, bytes }) => [
      path.join('/'),
      kind,
      role,
      holdsMail,
      bytes,
    ]),
  ).toEqual([
    ['INBOX', 'folder', 'inbox', true, 700],
    ['INBOX/Inbox', 'folder', null, true, null],
    ['Posta inviata', 'folder', 'sent', true, 10],
    ['Trash', 'folder', 'trash', true, null],
    ['Trash/Vecchi', 'folder', null, true, null],
    ['Calendar', 'folder', null, false, null],
    ['Chats', 'folder', null, false, null],
    ['Ufficio', 'share', null, true, null],
    ['Ufficio/Sent', 'folder', null, true, null],
    ['Non letti', 'search', null, true, null],
  ]);
});
