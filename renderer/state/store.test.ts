import { expect, test } from 'vitest';
import { TravasoError } from '../../shared/errors.ts';
import { createClient } from '../../shared/wire.ts';
import { createFakeEngine } from '../testing/fake-engine.ts';
import { readRemembered, withArchive } from './remembered.ts';
import { createStore } from './store.ts';

const defaults = { language: 'it', textSize: 'normal' } as const;
const initial = readRemembered(null, defaults);

test('while one state is being written the next ones wait, and the last one is written', async () => {
  const written: unknown[] = [];
  const gates: (() => void)[] = [];
  const engine = createFakeEngine({
    'host.writeState': async ({ state }) => {
      await new Promise<void>(resolve => gates.push(resolve));
      written.push(state);
      return {};
    },
  });
  const store = createStore(createClient(engine.wire), initial);
  const size = (textSize: 'large' | 'larger' | 'normal') =>
    store.set(state => ({ ...state, settings: { ...state.settings, textSize } }));
  size('large');
  size('normal');
  size('larger');
  await expect.poll(() => gates.length).toBe(1);
  gates[0]?.();
  await expect.poll(() => gates.length).toBe(2);
  gates[1]?.();
  await expect.poll(() => written.length).toBe(2);
  expect(written[1]).toEqual(store.get());
});

test('a write that fails is made good by the next change', async () => {
  const written: unknown[] = [];
  const engine = createFakeEngine({
    'host.writeState': ({ state }) => {
      if (engine.calls.length === 1) throw new TravasoError('DISK_FULL');
      written.push(state);
      return {};
    },
  });
  const store = createStore(createClient(engine.wire), initial);
  store.set(state => ({ ...state, archives: withArchive(state.archives, '/uno', new Date(0)) }));
  await expect.poll(() => engine.calls.length).toBe(1);
  store.set(state => ({ ...state, archives: withArchive(state.archives, '/due', new Date(1)) }));
  await expect.poll(() => written.length).toBe(1);
  expect(written[0]).toMatchObject({ archives: [{ path: '/due' }, { path: '/uno' }] });
});

test('a state that is damaged or of another version begins afresh in the system’s language', () => {
  expect(readRemembered({ version: 2, wizard: 'x' }, { language: 'en', textSize: 'normal' })).toEqual({
    version: 1,
    settings: { language: 'en', textSize: 'normal' },
    wizard: null,
    archives: [],
    browsing: { open: [], at: null },
  });
  expect(readRemembered(initial, { language: 'en', textSize: 'large' })).toEqual(initial);
});
