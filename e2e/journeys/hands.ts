import type { Page } from 'playwright-core';
import { check, fill, press } from './keyboard.ts';

/** How somebody works the screens. Names are those a screen reader says. */
export interface Hands {
  press(page: Page, name: string): Promise<void>;
  fill(page: Page, label: string, text: string): Promise<void>;
  /** Sets the tick of a box. */
  check(page: Page, label: string): Promise<void>;
}

export const keyboard: Hands = { press, fill, check };

/** Quicker, for journeys about something else than the way through itself. */
export const mouse: Hands = {
  press: (page, name) => page.getByRole('button', { name, exact: true }).first().click(),
  fill: (page, label, text) => page.getByLabel(label, { exact: true }).fill(text),
  check: (page, label) => page.getByLabel(label).check(),
};
