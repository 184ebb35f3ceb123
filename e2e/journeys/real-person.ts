import { expect } from 'vitest';
import type { DovecotServer } from '../rig/dovecot.ts';
import type { Hands } from './hands.ts';
import { arrived } from './keyboard.ts';
import type { Assistant } from './real-assistant.ts';

/** A mailbox as its owner knows it. */
export interface Mailbox {
  readonly mail: string;
  readonly password: string;
  /** `host:port` */
  readonly server: string;
}

/** Somebody who goes the assistant's way, one screen after the other; each step waits until the next screen is there. */
export interface Person {
  press(name: string): Promise<void>;
  fill(label: string, text: string): Promise<void>;
  /** The screen with this heading is there and its heading has the focus. */
  arrived(heading: string): Promise<void>;
  /** This text can be read. */
  reads(text: string | RegExp): Promise<void>;
  /** From Benvenuto or the home on. */
  begin(): Promise<void>;
  /** Describes a mailbox on its screen, without going in. */
  describe(mailbox: Mailbox): Promise<void>;
  signInToOld(mailbox: Mailbox): Promise<void>;
  signInToNew(mailbox: Mailbox): Promise<void>;
  /** Waits for the count, and chooses the home for the archive. */
  choosePlace(messages: string): Promise<void>;
  /** Salva i messaggi, to the end. */
  backUp(): Promise<void>;
  check(messages: string): Promise<void>;
  /** The password alone, where it was lost with the memory of the app. */
  typeAgain(password: string, action: string): Promise<void>;
  upload(messages: string): Promise<void>;
  readReport(): Promise<void>;
}

export function personAt(assistant: Assistant, hands: Hands): Person {
  const press: Person['press'] = name => hands.press(assistant.page, name);
  const fill: Person['fill'] = (label, text) => hands.fill(assistant.page, label, text);
  /** A journey that stops says what the screen said instead. */
  const orSay = (awaited: string | RegExp, waiting: Promise<void>): Promise<void> =>
    waiting.catch(async (cause: unknown) => {
      const said = await assistant.page.locator('body').innerText();
      throw new Error(`Waited for “${String(awaited)}” on a screen that says:\n${said}`, { cause });
    });
  const at: Person['arrived'] = heading => orSay(heading, arrived(assistant.page, heading));
  const reads: Person['reads'] = text => orSay(text, assistant.page.getByText(text).first().waitFor());

  const describe: Person['describe'] = async ({ mail, server }) => {
    await fill('Indirizzo di posta', mail);
    await press('Conosco il nome del server');
    await fill('Nome del server', server);
  };
  const enter = async (mailbox: Mailbox): Promise<void> => {
    await describe(mailbox);
    await fill('Password', mailbox.password);
    await press('Entra');
  };

  return {
    press,
    fill,
    arrived: at,
    reads,
    describe,
    async begin() {
      await press('Cominciamo');
      await at('Qual è la tua vecchia casella?');
    },
    async signInToOld(mailbox) {
      await enter(mailbox);
      await at('Cosa vuoi salvare, e dove?');
    },
    async signInToNew(mailbox) {
      await press('Vai alla nuova casella');
      await at('Qual è la tua nuova casella?');
      await enter(mailbox);
      await at('Dove mettere le cose');
    },
    async choosePlace(messages) {
      await reads(new RegExp(`: ${messages}, `));
      await press('Scegli la cartella');
      for (const name of assistant.homeIsPickedBy) await press(name);
      await reads('Lo spazio basta.');
    },
    async backUp() {
      await press('Salva i messaggi');
      await at('Salvataggio finito');
    },
    async check(messages) {
      await press('Controlla l’archivio');
      await at('L’archivio è completo e controllato');
      await reads(`${messages} riletti per intero`);
    },
    async typeAgain(password, action) {
      await reads('Scrivi di nuovo la password');
      await fill('Password', password);
      await press(action);
    },
    async upload(messages) {
      await press(`Carica ${messages}`);
      await at('Caricamento finito');
    },
    async readReport() {
      await press('Vedi il rapporto');
      await at('Tutto a posto');
    },
  };
}

export function mailboxOn({ host, users }: DovecotServer, port: number, mail: string): Mailbox {
  const user = users[mail];
  expect(user).toBeDefined();
  return { mail, password: user?.password ?? '', server: `${host}:${port}` };
}
