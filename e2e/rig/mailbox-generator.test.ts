import { createHash } from 'node:crypto';
import { simpleParser } from 'mailparser';
import { expect, test } from 'vitest';
import { generateMailbox, type GeneratedMessage } from './mailbox-generator.ts';

const digest = (message: GeneratedMessage): string =>
  createHash('sha256')
    .update(message.octets)
    .update(JSON.stringify([message.folder, message.internalDate]))
    .digest('hex');

test('the same seed gives the same mailbox, whole or in part; another seed another one', () => {
  const all = [...generateMailbox({ messages: 200, largeShare: 0 })].map(digest);
  expect([...generateMailbox({ messages: 50, largeShare: 0 })].map(digest)).toEqual(all.slice(0, 50));
  expect([...generateMailbox({ messages: 50, largeShare: 0, seed: 2 })].map(digest)).not.toEqual(all.slice(0, 50));
});

test('a mailbox holds what makes real ones hard', () => {
  const messages = [...generateMailbox({ messages: 2_000, largeShare: 0.002, duplicateShare: 0.05 })];
  const text = (message: GeneratedMessage): string => message.octets.toString('latin1');
  const sizes = messages.map(message => message.octets.length).sort((a, b) => a - b);
  expect(sizes[1_000]).toBeGreaterThan(8_000);
  expect(sizes[1_000]).toBeLessThan(20_000);
  expect(sizes.at(-1)).toBeGreaterThan(5_000_000);

  const copies = new Map<string, GeneratedMessage[]>();
  for (const message of messages) copies.set(text(message), [...(copies.get(text(message)) ?? []), message]);
  const repeated = [...copies.values()].filter(group => group.length > 1);
  const folders = repeated.map(group => new Set(group.map(message => message.folder.join('/'))).size);
  expect(folders.filter(count => count === 1).length).toBeGreaterThan(10);
  expect(folders.filter(count => count > 1).length).toBeGreaterThan(10);

  expect(new Set(messages.flatMap(message => message.flags)).size).toBe(5);
  expect(new Set(messages.flatMap(message => message.keywords)).size).toBeGreaterThan(5);
  expect(new Set(messages.map(message => message.internalDate.getUTCFullYear())).size).toBe(20);
  expect(messages.filter(message => !/^Message-ID:/m.test(text(message))).length).toBeGreaterThan(20);
  expect(messages.filter(message => /^From /m.test(text(message))).length).toBeGreaterThan(20);
  for (const encoding of ['quoted-printable', 'base64', '8bit']) {
    expect(messages.some(message => text(message).includes(`Encoding: ${encoding}`))).toBe(true);
  }
});

test('an independent parser reads the messages as they were meant', async () => {
  const subjects = new Set<string>();
  const names = new Set<string>();
  for (const message of generateMailbox({ messages: 150, largeShare: 0 })) {
    const parsed = await simpleParser(message.octets);
    subjects.add((parsed.subject ?? '').replace(/^R: /, ''));
    for (const attachment of parsed.attachments) names.add(attachment.filename ?? '');
    expect(parsed.from?.value[0]?.name).toMatch(/^[\p{L}’' ]+$/u);
    // The letter is signed; old charsets lack the typographic apostrophe.
    const straight = (value: string): string => value.replaceAll(/’|&rsquo;/g, "'");
    const body = straight(parsed.text ?? '') + straight(parsed.html === false ? '' : (parsed.html ?? ''));
    expect(body).toContain(straight(parsed.from?.value[0]?.name ?? 'nobody'));
  }
  expect(subjects).toContain('Auguri di buon Natale 🎄');
  expect(subjects).toContain('Mobilità del personale');
  expect(names).toContain('città & attività.docx');
});
