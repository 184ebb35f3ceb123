import { expect, test } from 'vitest';
import { TagNames, imapKeyword, readZimbraTags } from './zimbra-tags.ts';

test.each([
  [64, 'Urgente', 'Urgente'],
  [65, 'Da fare', 'Dafare:FLAG1'],
  [66, 'Città', 'Citt:FLAG2'],
  [67, 'Сделать', ':FLAG3'],
  [68, 'a(b)[c]{d}%*"', 'ab[cd}:FLAG4'],
  [69, '\\Mio\\', '\\Mio:FLAG5'],
  [70, 'C:', 'C:'],
])('the tag %i called %j is the keyword %j of IMAP', (id, name, keyword) => {
  expect(imapKeyword({ id, name })).toBe(keyword);
});

test('keywords become the names of their tags again, and what is no tag stays', () => {
  const answer = {
    tag: [
      { id: '65', name: 'Da fare', color: 3 },
      { id: '71', name: 'Da-fare', rgb: '#ff0000' },
      { id: '72', name: 'Dà fare' },
    ],
  };
  const tags = readZimbraTags(answer);
  expect(tags.map(({ color, rgb }) => [color, rgb])).toEqual([
    [3, null],
    [null, '#ff0000'],
    [null, null],
  ]);
  const names = new TagNames(tags);
  expect(names.of(['$Forwarded', 'DAFARE:flag1', 'Dfare:FLAG8', 'NonJunk', 'Da-fare'])).toEqual([
    '$Forwarded',
    'Da fare',
    'Da-fare',
    'Dà fare',
    'NonJunk',
  ]);
});
