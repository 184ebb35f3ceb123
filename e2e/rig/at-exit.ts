/**
 * Cleaning up when a test run ends without disposing: an uncaught error, Ctrl-C in the runner, a forgotten `using`.
 * Only synchronous work can run then. (A runner killed by SIGKILL runs nothing; servers handle that themselves.)
 */
const pending = new Set<() => void>();
let installed = false;

/** Runs `cleanUp` when this process exits, unless the returned function was called before. */
export function atExit(cleanUp: () => void): () => void {
  if (!installed) {
    installed = true;
    process.on('exit', runAll);
  }
  pending.add(cleanUp);
  return () => pending.delete(cleanUp);
}

function runAll(): void {
  for (const cleanUp of pending) {
    try {
      cleanUp();
    } catch {
      // One thing that cannot be cleaned must not keep the others alive.
    }
  }
}
