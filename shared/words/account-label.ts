import type { Language } from './language.ts';

/**
 * An account's stable name as people know it: `imap://anna%40ente.it@old.ente.it` becomes `anna@ente.it su
 * old.ente.it`, a file its own name without the folders above it.
 */
export function accountLabel(account: string, language: Language): string {
  const server = /^[a-z0-9+.-]+:\/\/(?:(?<user>[^@/]*(?:@[^@/]*)?)@)?(?<host>[^@/?#]+)/i.exec(account)?.groups;
  if (server !== undefined) {
    const { user, host } = server;
    return user === undefined ? (host ?? account) : `${decoded(user)} ${language === 'it' ? 'su' : 'on'} ${host ?? ''}`;
  }
  const file = /^(?<kind>[a-z0-9]{3,}):(?<rest>.+)$/i.exec(account)?.groups;
  if (file?.['rest'] === undefined) return account;
  return (
    decoded(file['rest'])
      .split(/[/\\]/)
      .findLast(part => part !== '') ?? account
  );
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A percent sign that encodes nothing: the name was never encoded.
    return text;
  }
}
