import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import type { FaultPort } from '../ports.ts';
import { sourceAccountSchema } from '../sources/source-account.ts';
import type { SourceAccount } from '../sources/source-account.ts';
import { replaceFile } from './durable-file.ts';
import { names } from './layout.ts';

const fileSchema = z.object({ version: z.literal(1), accounts: z.array(sourceAccountSchema) });

/**
 * What the mailboxes in this archive said of themselves: tags with their colours, aliases, identities, quota. No message
 * depends on it, so a file that cannot be read counts as none.
 */
export async function readSourceAccounts(root: string): Promise<readonly SourceAccount[]> {
  try {
    return fileSchema.parse(JSON.parse(await readFile(join(root, names.sourceAccounts), 'utf8'))).accounts;
  } catch {
    return [];
  }
}

/** Puts what an account says now in place of what it said before; others stay. Nothing is written where nothing changed. */
export async function writeSourceAccount(root: string, account: SourceAccount, faults: FaultPort): Promise<void> {
  const before = await readSourceAccounts(root);
  const accounts = [...before.filter(each => each.account !== account.account), account];
  if (JSON.stringify(before) === JSON.stringify(accounts)) return;
  const text = `${JSON.stringify({ version: 1, accounts }, null, 2)}\n`;
  await replaceFile(join(root, names.sourceAccounts), text, faults);
}
