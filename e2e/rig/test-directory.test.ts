import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const module = fileURLToPath(new URL('test-directory.ts', import.meta.url));
const make = `const { createTestDirectory } = await import(${JSON.stringify(module)});
  console.log(createTestDirectory('sweeptest').path);`;
const run = promisify(execFile);

async function endedBy(signal: NodeJS.Signals): Promise<string> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', `${make} setInterval(() => {}, 1000);`]);
  const [path] = (await once(child.stdout, 'data')) as [Buffer];
  child.kill(signal);
  await once(child, 'exit');
  return path.toString().trim();
}

test('a test directory goes with its process, and after SIGKILL with the next run', async () => {
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', make]);
  expect(existsSync(stdout.trim())).toBe(false);
  expect(existsSync(await endedBy('SIGTERM'))).toBe(false);

  const left = await endedBy('SIGKILL');
  expect(existsSync(left)).toBe(true);
  await run(process.execPath, ['--input-type=module', '-e', make]);
  expect(existsSync(left)).toBe(false);
});
