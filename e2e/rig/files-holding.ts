import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Every file below `folder` in which `text` occurs as it is: for passwords that must be found nowhere. */
export function filesHolding(folder: string, text: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name => {
    try {
      return statSync(join(folder, name)).isFile() && readFileSync(join(folder, name)).includes(text);
    } catch {
      // A socket, or a link of Chromium's that leads nowhere.
      return false;
    }
  });
}
