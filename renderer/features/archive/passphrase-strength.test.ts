import { expect, test } from 'vitest';
import { passphraseStrength } from './passphrase-strength.ts';

test.each([
  ['', 'short'],
  ['Xy7!q-9Kz.a', 'short'],
  ['aaaaaaaaaaaaaaaaaaaa', 'weak'],
  ['gatto gatto gatto gatto', 'weak'],
  ['password1234', 'weak'],
  ['cavallo batteria graffetta', 'good'],
  ['uno più due tre', 'good'],
  ['cavallo batteria graffetta corretto', 'good'],
  ['k3J#9vLq!x2Wp7Rz@t5Y', 'good'],
])('“%s” is %s', (passphrase, strength) => {
  expect(passphraseStrength(passphrase)).toBe(strength);
});
