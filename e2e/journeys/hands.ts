import type { Page } from 'playwright-core';
import { fill, press } from './keyboard.ts';

/** How somebody works the screens. Names are those a screen reader says. */
export interface Hands {
  press(page: Page, name: string): Promise<void>;
  fill(page: Page, label: string, text: string): Promise<void>;
}

export const keyboard: Hands = { press, fill };

/** Quicker, for journeys about something else than the way through itself. */
export const mouse: Hands = {
  press: (page, name) => page.getByRole('button', { name, exact: true }).first().click(),
  fill: (page, label, text) => page.getByLabel(label, { exact: true }).fill(text),
};
