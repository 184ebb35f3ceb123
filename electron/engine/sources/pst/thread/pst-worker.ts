import { parentPort, workerData } from 'node:worker_threads';
import type { ThreadData } from './protocol.ts';
import { servePst } from './serve-pst.ts';

/** Reads one PST on a thread of its own: whatever a hostile file makes of its reader, the engine goes on. */
if (parentPort !== null) servePst(parentPort, workerData as ThreadData);
