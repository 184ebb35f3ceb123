import type { Answers } from './fake-engine.ts';
import { never } from './fake-engine.ts';
import type { Hand } from './hand.ts';
import { brokenView, contactsPage, groupView, itemAnswers, ruleView, sampleItemFolders } from './sample-items.ts';
import { hitAt } from './sample-archive.ts';
import { opened } from './scenarios-archive.ts';
import type { Scenario } from './scenario.ts';

function beside(name: string, act: (hand: Hand) => Promise<void>, answers: Answers = {}): Scenario {
  return opened(name, { view: { itemFolders: sampleItemFolders }, answers: { ...itemAnswers, ...answers }, act });
}

const contacts = (hand: Hand) => hand.press('Rubrica');
const calendar = (hand: Hand) => hand.press('Calendario');
const first = async (hand: Hand): Promise<void> => {
  await hand.click('.t-item[data-index="1"]');
};

async function contact(hand: Hand): Promise<void> {
  await contacts(hand);
  await first(hand);
}

export const itemScenarios: readonly Scenario[] = [
  beside('items-contacts', contacts),
  beside('items-contact', contact),
  {
    ...beside('items-contact-english', async hand => {
      await hand.press('Contacts');
      await first(hand);
    }),
    language: 'en',
  },
  beside('items-group', contact, { 'item.read': () => groupView }),
  beside('items-broken', contact, { 'item.read': () => brokenView }),
  beside('items-nothing-found', async hand => {
    await contacts(hand);
    await hand.type('Cerca un nome, un indirizzo, un numero', 'zz');
  }),
  beside('items-contacts-reading', contacts, { 'items.contacts': never }),
  beside('items-contacts-slow', contacts, {
    async 'items.contacts'(asked) {
      if ((asked.offset ?? 0) > 0) await new Promise(resolve => setTimeout(resolve, 500));
      return contactsPage(asked);
    },
  }),
  beside('items-others', hand => hand.press('Altro')),
  beside(
    'items-other',
    async hand => {
      await hand.press('Altro');
      await hand.click('.t-item[data-index="2"]');
    },
    { 'item.read': () => ruleView },
  ),
  beside('items-agenda', calendar),
  beside('items-appointment', async hand => {
    await calendar(hand);
    await first(hand);
  }),
  beside('items-agenda-empty', calendar, {
    'items.agenda': () => ({
      ...{ reading: { done: 3, total: 3 }, total: 0, rows: [], untimed: [] },
      ...{ before: '2024-03-12', after: '2027-01-04' },
    }),
  }),
  beside(
    'items-found',
    async hand => {
      await hand.type('Cerca in questo archivio', 'pero');
      await hand.press('Cerca');
      await hand.click('.t-line[data-index="0"] .t-line-from');
    },
    {
      'messages.search': () => ({
        ...{ total: 4, hint: null },
        hits: (['contact', 'event', 'task', null] as const).map((item, index) => ({
          ...hitAt(9_000 - index),
          ...{ item, folder: 1, number: index + 1, date: item === 'contact' ? null : '2026-03-23T08:00:00Z' },
        })),
      }),
    },
  ),
  beside('items-tasks', async hand => {
    await calendar(hand);
    await hand.press('Attività');
  }),
];
