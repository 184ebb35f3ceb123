import { basename } from 'node:path';
import type { MessagePort } from 'node:worker_threads';
import { problemOf } from '../../../../../shared/errors.ts';
import { damaged } from '../damage.ts';
import { asOpenError } from '../open-error.ts';
import { openPst } from '../pst-file.ts';
import type { PstFile } from '../pst-file.ts';
import { pstSourceOver } from '../pst-source.ts';
import type { PstSource, SynchronousPstSource } from '../pst-source.ts';
import { ChunkSender } from './chunk-sender.ts';
import type { Reply, Request, Streamed, ThreadData } from './protocol.ts';
import { watchOver } from './watch.ts';
import type { Watch } from './watch.ts';

const { signal } = new AbortController();

/** The thread's side: opens the file, then answers until it is ended. */
export function servePst(
  port: MessagePort,
  { path, skip, watch: memory }: ThreadData,
  open: typeof openPst = openPst,
): void {
  const post = (reply: Reply): void => {
    port.postMessage(reply);
  };
  const watch = watchOver(memory);
  let source: SynchronousPstSource;
  try {
    watch.tick();
    const file = open(path, () => {
      // An item has its time however much is read for it; opening and listing a large file take as long as they take.
      if (watch.nid === 0) watch.tick();
    });
    source = pstSourceOver(watched(file, watch, new Set(skip)), basename(path));
  } catch (error) {
    post({ kind: 'failed', id: null, problem: problemOf(asOpenError(error, path)) });
    return;
  }
  const senders = new Map<number, ChunkSender>();
  port.on('message', (request: Request) => {
    const { id } = request;
    if (request.ask === 'more') senders.get(id)?.more();
    else if (request.ask === 'stop') senders.get(id)?.stop();
    else void answer(request).catch((error: unknown) => post({ kind: 'failed', id, problem: problemOf(error) }));
  });
  post({ kind: 'ready', account: source.account, about: source.about });

  async function answer(request: Exclude<Request, { readonly ask: 'more' | 'stop' }>): Promise<void> {
    const { id } = request;
    watch.at(0);
    switch (request.ask) {
      case 'list':
        post({ kind: 'listed', id, listing: await source.listFolders(signal) });
        return;
      case 'list-items':
        post({ kind: 'listed-items', id, listing: await source.items.listFolders(signal) });
        return;
      case 'open': {
        const { generation, messages, changeMark } = await source.openFolder(request.folder, signal);
        post({ kind: 'opened', id, folder: { generation, messages, changeMark } });
        return;
      }
      default:
        await stream(request);
    }
  }

  async function stream(request: Streamed): Promise<void> {
    const sender = new ChunkSender(port, request.id);
    senders.set(request.id, sender);
    try {
      if (request.ask === 'items') await sendItems(source, request, sender, watch);
      else await sendMail(source, request, sender, watch);
      await sender.flush();
      post({ kind: 'done', id: request.id });
    } finally {
      senders.delete(request.id);
    }
  }
}

/** Every way to an item's octets begins here. */
function watched(file: PstFile, watch: Watch, skip: ReadonlySet<number>): PstFile {
  return {
    ...file,
    item: (nid, faults) => {
      watch.at(nid);
      if (skip.has(nid)) throw damaged('reader-ended');
      return file.item(nid, faults);
    },
  };
}

async function sendMail(
  source: SynchronousPstSource,
  request: Extract<Streamed, { readonly ask: 'inventory' | 'fetch' }>,
  sender: ChunkSender,
  watch: Watch,
): Promise<void> {
  if (request.ask === 'inventory') {
    const opened = await source.openFolder(request.folder, signal);
    for await (const entries of opened.inventory(signal)) {
      sender.event({ kind: 'entries', entries });
      await sender.flush();
      if (sender.stopped) return;
    }
    return;
  }
  for (const { key, octets, synthesis } of source.messages(request.folder, request.keys, signal)) {
    // Also where no message has an octet to send.
    if (sender.isFullFor(0)) await sender.flush();
    sender.event({ kind: 'begin', key, content: null });
    if (await sendOctets(octets, sender, watch)) sender.event({ kind: 'end', synthesis: synthesis() });
    if (sender.stopped) return;
  }
}

async function sendItems(
  source: PstSource,
  { folder, known }: Extract<Streamed, { readonly ask: 'items' }>,
  sender: ChunkSender,
  watch: Watch,
): Promise<void> {
  const settled = new Set(known);
  for await (const item of source.items.open(folder, signal)) {
    const { key } = item;
    if (settled.has(key)) continue;
    if (sender.isFullFor(0)) await sender.flush();
    try {
      const { octets, ...content } = await item.read(signal);
      const pieces: Buffer[] = [];
      for await (const piece of octets) pieces.push(piece);
      sender.event({ kind: 'begin', key, content });
      if (await sendOctets(pieces, sender, watch)) sender.event({ kind: 'end', synthesis: null });
    } catch (error) {
      sender.event({ kind: 'begin', key, content: null });
      sender.event({ kind: 'failed', problem: problemOf(error) });
    }
    if (sender.stopped) return;
  }
}

/** False when they broke off, which is told. */
async function sendOctets(octets: Iterable<Buffer>, sender: ChunkSender, watch: Watch): Promise<boolean> {
  try {
    for (const piece of octets) {
      watch.tick();
      if (sender.isFullFor(piece.length)) await sender.flush();
      sender.piece(piece);
    }
    return true;
  } catch (error) {
    sender.event({ kind: 'failed', problem: problemOf(error) });
    return false;
  }
}
