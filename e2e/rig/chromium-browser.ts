import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

/** Where distributions put Chromium and its relatives. */
const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The system's Chromium, or null, said aloud, where there is none. */
export function findChromium(): string | null {
  const found = process.env['TRAVASO_CHROMIUM'] ?? places.find(place => existsSync(place));
  if (found === undefined) console.warn('SKIPPED: tests in the system browser: no Chromium to be had');
  return found ?? null;
}

export function startChromium(executablePath: string, args: readonly string[] = []): Promise<Browser> {
  // Chromium refuses its sandbox to root, which is who runs tests in containers.
  return chromium.launch({ executablePath, args: [...args], chromiumSandbox: process.getuid?.() !== 0 });
}
