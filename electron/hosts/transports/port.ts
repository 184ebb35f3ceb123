/**
 * The little that a message transport needs of whatever carries its messages: a worker's MessagePort, an Electron
 * utility process, or a child process. Structured clone and JSON both carry the wire's messages unchanged.
 */
export interface Port {
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** The other side is gone, for whatever reason; nothing arrives after. */
  onClose(listener: () => void): void;
}

interface Emitter {
  on(event: string, listener: (...values: unknown[]) => void): unknown;
}

/** `worker_threads` MessagePort. */
export function portOfMessagePort(port: Emitter & { postMessage(message: unknown): void }): Port {
  return {
    post: message => {
      port.postMessage(message);
    },
    onMessage: listener => port.on('message', listener),
    onClose: listener => port.on('close', listener),
  };
}

interface IpcChannel extends Emitter {
  readonly connected?: boolean;
  send?: ((message: never, done: () => void) => boolean) | undefined;
}

/** Sending on a closed channel would throw into whoever replies last; the close is reported on its own. */
function postOver(channel: IpcChannel): Port['post'] {
  return message => {
    if (channel.connected === true) channel.send?.(message as never, () => undefined);
  };
}

/** The IPC channel to a child process. Its `error` comes instead of `exit` when it could not be started at all. */
export function portOfChildProcess(child: IpcChannel): Port {
  return {
    post: postOver(child),
    onMessage: listener => child.on('message', listener),
    onClose: listener => {
      child.on('exit', listener);
      child.on('error', listener);
    },
  };
}

/** The same channel from within the child: `process`. */
function portOfOwnProcess(own: IpcChannel): Port {
  return {
    post: postOver(own),
    onMessage: listener => own.on('message', listener),
    onClose: listener => own.on('disconnect', listener),
  };
}

/** Electron's utility process, seen from the main process. Its `exit` comes for every way to end. */
export function portOfUtilityProcess(child: Emitter & { postMessage(message: unknown): void }): Port {
  return {
    post: message => {
      child.postMessage(message);
    },
    onMessage: listener => child.on('message', listener),
    onClose: listener => child.on('exit', listener),
  };
}

/**
 * `process.parentPort` inside an Electron utility process. Messages arrive wrapped in an event. There is no close:
 * Electron ends the utility process together with its parent.
 */
function portOfParent(parentPort: Emitter & { postMessage(message: unknown): void }): Port {
  return {
    post: message => {
      parentPort.postMessage(message);
    },
    onMessage: listener =>
      parentPort.on('message', event => {
        listener((event as { readonly data: unknown }).data);
      }),
    onClose: () => undefined,
  };
}

type ParentPort = Parameters<typeof portOfParent>[0];

/** The way to whoever started this process: Electron gives its utility processes a parentPort, Node an IPC channel. */
export function portToStarter(): Port {
  const { parentPort } = process as { readonly parentPort?: ParentPort };
  return parentPort === undefined ? portOfOwnProcess(process) : portOfParent(parentPort);
}
