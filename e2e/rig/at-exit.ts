/**
 * Cleaning up when a test run ends without disposing: an uncaught error, Ctrl-C, a time limit that sends SIGTERM. Only
 * synchronous work can run then. (After SIGKILL nothing runs: servers watch for that themselves, and the next run
 * sweeps the folders.)
 */
const pending = new Set<() => void>();
let installed = false;

/** Runs `cleanUp` when this process exits, last added first, unless the returned function was called before. */
export function atExit(cleanUp: () => void): () => void {
  if (!installed) {
    installed = true;
    process.on('exit', runAll);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.once(signal, () => {
        runAll();
        // Our listener is gone now, so this does what the signal would have done without it.
        process.kill(process.pid, signal);
      });
    }
  }
  pending.add(cleanUp);
  return () => pending.delete(cleanUp);
}

function runAll(): void {
  for (const cleanUp of [...pending].reverse()) {
    try {
      cleanUp();
    } catch {
      // One thing that cannot be cleaned must not keep the others alive.
    }
  }
  pending.clear();
}
