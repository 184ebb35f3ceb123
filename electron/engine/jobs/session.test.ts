import { expect, test } from 'vitest';
import { Session } from './session.ts';

test('it tells a line that never carried anything from one that did, and from one that is away', async () => {
  let fails = true;
  const session = new Session(() =>
    fails ? Promise.reject(new Error('away')) : Promise.resolve({ close: () => Promise.resolve() }),
  );
  const broken = (): Promise<never> => Promise.reject(new Error('broken'));
  await expect(session.with(broken)).rejects.toThrow('away');
  expect(session).toMatchObject({ reached: false, connected: false });
  fails = false;
  await expect(session.with(broken)).rejects.toThrow('broken');
  expect(session).toMatchObject({ reached: true, connected: true });
  fails = true;
  await expect(session.with(broken)).rejects.toThrow('away');
  expect(session).toMatchObject({ reached: true, connected: false });
});
