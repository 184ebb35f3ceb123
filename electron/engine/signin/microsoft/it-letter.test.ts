import { expect, test } from 'vitest';
import { languages } from '../../../../shared/words/language.ts';
import { itLetter } from './it-letter.ts';

const unknown = { user: 'anna@ente.it', tenant: null, clientId: null };
const known = {
  ...unknown,
  tenant: '11111111-2222-4333-8444-555555555555',
  clientId: 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee',
};

test.each(languages)('every step stands in the letter (%s)', language => {
  const letter = itLetter({ ...unknown, language });
  for (const step of [
    'https://entra.microsoft.com',
    '`http://localhost`',
    '`IMAP.AccessAsUser.All`',
    '`Contacts.ReadWrite`',
    '`Tasks.ReadWrite`',
    "Set-CASMailbox 'anna@ente.it' -ImapEnabled $true",
    "Set-Mailbox 'anna@ente.it' -MaxReceiveSize 150MB -MaxSendSize 150MB",
    'AADSTS50105',
    'AADSTS7000218',
    '53003',
  ])
    expect(letter).toContain(step);
  expect(letter).not.toMatch(/null|undefined/);
});

test.each(languages)('what is known is filled in, and the link can be opened (%s)', language => {
  const letter = itLetter({ ...known, language });
  const link = /https:\/\/login\S+/.exec(letter)?.[0] ?? '';
  const { pathname, searchParams } = new URL(link);
  expect(pathname).toBe(`/${known.tenant}/v2.0/adminconsent`);
  expect(searchParams.get('client_id')).toBe(known.clientId);
  expect(searchParams.get('redirect_uri')).toBe('http://localhost');
  expect(searchParams.get('scope')?.split(' ')).toContain('https://outlook.office.com/IMAP.AccessAsUser.All');
});

test('a name cannot become a command', () => {
  const letter = itLetter({ ...unknown, language: 'it', user: "o'brien$(calc)@ente.it" });
  expect(letter).toContain("Set-CASMailbox 'o''brien$(calc)@ente.it' -ImapEnabled $true");
});
