import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** Hands that have a keyboard and nothing else. Names are those a screen reader says. */

/** The screen is there and its heading has the focus. */
export async function arrived(page: Page, heading: string, title?: string): Promise<void> {
  await page.waitForSelector(`h1:focus:text-is("${heading}")`);
  if (title !== undefined) expect(await page.title()).toBe(`${title} — Travaso`);
}

/** Goes to a button or link and presses it. */
export async function press(page: Page, name: string): Promise<void> {
  await tabTo(page, name);
  await page.keyboard.press('Enter');
}

/** Puts the text in place of what is there. */
export async function fill(page: Page, label: string, text: string): Promise<void> {
  await tabTo(page, label);
  await page.keyboard.press('Control+A');
  await page.keyboard.type(text);
}

/** Sets the tick of a box. */
export async function check(page: Page, label: string): Promise<void> {
  await tabTo(page, label);
  await page.keyboard.press('Space');
}

/** Tabs on until something with this name has the focus; a control that the keyboard cannot reach fails here. */
export async function tabTo(page: Page, name: string): Promise<void> {
  await page.getByText(name).or(page.getByLabel(name)).filter({ visible: true }).first().waitFor();
  for (let presses = 0; presses < 80; presses += 1) {
    await page.keyboard.press('Tab');
    if ((await focusedName(page)) === name) return;
  }
  throw new Error(`the keyboard does not reach “${name}”`);
}

function focusedName(page: Page): Promise<string> {
  return page.evaluate<string>(`(() => {
    const element = document.activeElement;
    if (element === null) return '';
    const label = element.labels?.[0]?.textContent;
    return (element.getAttribute('aria-label') ?? label ?? element.textContent ?? '').trim();
  })()`);
}
