#!/usr/bin/env node
import { runCommandLine } from './cli/run-command-line.ts';

// `travaso search … | head`: whoever read has seen enough, and there is nobody left to tell.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

process.exitCode = await runCommandLine(process.argv.slice(2), process);
