import type { Browser, Page } from 'playwright-core';
import type { Person } from './rig/oidc-person.ts';

export interface Tab extends AsyncDisposable {
  readonly page: Page;
}

/** The page in a tab of its own; disposing closes the browser. The rig's authority is nobody's, hence the exception. */
export async function browserOf(browser: Browser, url: string): Promise<Tab> {
  const context = await browser.newContext({ ignoreHTTPSErrors: true });
  const page = await context.newPage();
  await page.goto(url);
  return { page, [Symbol.asyncDispose]: () => browser.close() };
}

/** Types and presses until the identity server has no more questions. */
export async function pressing(page: Page, person: Person & { readonly deviceCode?: string }): Promise<void> {
  if (person.deviceCode !== undefined) {
    await page.locator('input[name=user_code]').fill(person.deviceCode);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Continua' }).click();
  }
  await page.getByLabel('Indirizzo').fill(person.address);
  await page.getByLabel('Password').fill(person.password);
  await page.getByRole('button', { name: 'Avanti' }).click();
  if (person.code !== undefined) {
    await page.getByLabel('Codice').fill(person.code);
    await page.getByRole('button', { name: 'Verifica' }).click();
  }
  await page.getByRole('button', { name: 'Accetta' }).click();
  await page.waitForLoadState();
}
