import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** An empty folder that is gone when the test that asked for it has ended. */
export function testDirectory(): string {
  const path = mkdtempSync(join(tmpdir(), 'travaso-test-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}
