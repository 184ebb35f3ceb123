import type { CDPSession, Page } from 'playwright-core';

/** What the main thread of a page did while it was watched. */
export interface PageTasks {
  readonly tasks: number;
  /** Milliseconds of processor time of the longest task. */
  readonly longestCpuMs: number;
  /** Milliseconds by the wall clock of the longest task: on a busy machine other programs' time is in it. */
  readonly longestMs: number;
}

/** https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU, "Complete Events". Microseconds. */
interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly dur?: number;
  /** Of the thread's own processor time. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/**
 * Records every task of the page's main thread, with the processor time the kernel charged it for. That is what a
 * screen is answerable for; how long a task took by the wall clock is as much the machine's doing.
 *
 * @returns the way to stop
 */
export async function watchTasks(page: Page): Promise<() => Promise<PageTasks>> {
  const browser = page.context().browser();
  if (browser === null) throw new Error('a page without a browser of its own');
  const devtools = await browser.newBrowserCDPSession();
  const events: TraceEvent[] = [];
  devtools.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  const includedCategories = ['disabled-by-default-devtools.timeline'];
  await devtools.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories, excludedCategories: ['*'] },
  });
  return async () => {
    await endTracing(devtools);
    await devtools.detach();
    return tasksIn(events);
  };
}

async function endTracing(devtools: CDPSession): Promise<void> {
  const complete = new Promise(resolve => devtools.once('Tracing.tracingComplete', resolve));
  await devtools.send('Tracing.end');
  await complete;
}

function tasksIn(events: readonly TraceEvent[]): PageTasks {
  const thread = ({ pid, tid }: TraceEvent): string => `${pid} ${tid}`;
  const isPage = ({ name, args }: TraceEvent): boolean => name === 'thread_name' && args?.name === 'CrRendererMain';
  const pages = new Set(events.filter(isPage).map(thread));
  const tasks = events.filter(event => event.name === 'RunTask' && event.ph === 'X' && pages.has(thread(event)));
  const longestMs = (of: 'dur' | 'tdur'): number =>
    tasks.reduce((most, task) => Math.max(most, task[of] ?? 0), 0) / 1000;
  return { tasks: tasks.length, longestCpuMs: longestMs('tdur'), longestMs: longestMs('dur') };
}
