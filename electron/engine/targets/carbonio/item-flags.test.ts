import { expect, test } from 'vitest';
import { systemFlags } from '../../../../shared/model/message.ts';
import { attributesOfFlags, itemFlags } from './item-flags.ts';

test('a message is unread where nothing says that it was seen', () => {
  expect(itemFlags({ internalDate: null, flags: [], keywords: [] })).toBe('u');
  expect(itemFlags({ internalDate: null, flags: ['\\Seen'], keywords: ['Urgente'] })).toBe('');
});

test('every flag, and the keywords that are flags there, come back as they went', () => {
  const attributes = { internalDate: null, flags: [...systemFlags], keywords: ['$Forwarded', '$MDNSent'] };
  const letters = itemFlags(attributes);
  expect(letters.split('').sort().join('')).toBe('dfnrwx');
  const back = attributesOfFlags(letters);
  expect({ ...back, flags: [...back.flags].sort() }).toEqual({
    flags: [...systemFlags].sort(),
    keywords: ['$Forwarded', '$MDNSent'],
  });
});

test('what the server notes for itself is nobody’s flag', () => {
  expect(attributesOfFlags('as!v')).toEqual({ flags: ['\\Seen'], keywords: [] });
});
