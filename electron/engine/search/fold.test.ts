import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { fold, indexable, phraseOf } from './fold.ts';

test('spellings of one word fold to one', () => {
  for (const spelling of ['perché', 'PERCHÉ', 'perche\u0301', 'ｐｅｒｃｈé', 'per\u00ADché'])
    expect(fold(spelling)).toBe('perche');
  expect(fold('ﬁrma Straße Σίσυφος')).toBe('firma strasse σισυφοσ');
});

test('what is not folded before it is indexed, the tokenizer folds alike', () => {
  const db = new Database(':memory:');
  db.exec(`CREATE VIRTUAL TABLE words USING fts5 (text, content = '', tokenize = 'unicode61 remove_diacritics 2');
    CREATE VIRTUAL TABLE terms USING fts5vocab (words, 'row');`);
  const letters = Array.from({ length: 0x180 }, (_, code) => String.fromCharCode(code)).filter(letter =>
    /\p{L}/u.test(letter),
  );
  const insert = db.prepare('INSERT INTO words (rowid, text) VALUES (?, ?)');
  const find = db.prepare('SELECT rowid FROM words WHERE words MATCH ?').pluck();
  letters.forEach((letter, index) => insert.run(index, indexable(`a${letter}o`)));
  const lost = letters.filter((letter, index) => !find.all(`"${phraseOf(`a${letter}o`).text}"`).includes(index));
  expect(lost).toEqual([]);
});

test('unspaced scripts are cut into pairs, and a phrase of them is found anywhere in a run', () => {
  expect(indexable('日本語 è qui')).toBe(' 日本 本語 語  e qui');
  expect(phraseOf('日本')).toEqual({ text: '日本', prefix: false });
  expect(phraseOf('日本語')).toEqual({ text: '日本 本語', prefix: false });
  expect(phraseOf('日')).toEqual({ text: '日', prefix: true });
});
