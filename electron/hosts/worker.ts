import { runWorker } from './run-worker.ts';

/**
 * The engine in a process of its own: an Electron utility process, or a child process on the development Node. Mail
 * is hostile input and jobs are long; a crash here costs no window, and main hears of it by the closed port.
 */
runWorker();
