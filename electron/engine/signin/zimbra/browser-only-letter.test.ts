import { expect, test } from 'vitest';
import { languages } from '../../../../shared/words/language.ts';
import { browserOnlyLetter } from './browser-only-letter.ts';

test.each(languages)('names the account, the server and where to check what was turned on (%s)', language => {
  const address = { kind: 'carbonio', user: 'anna@ente.it', host: 'nuova.ente.it', port: 443 } as const;
  const letter = browserOnlyLetter(address, language);
  expect(letter).toContain('anna@ente.it');
  expect(letter).toContain('https://nuova.ente.it/zx/auth/supported?domain=ente.it');
});
