import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A plain line to a server on loopback that counts what passes, to act after so many octets without any sleeping. */
export interface MeteredLine extends AsyncDisposable {
  readonly port: number;
  /** Resolves when this many more octets have passed, `up` to the server or `down` from it, over all connections. */
  afterOctets(direction: 'up' | 'down', octets: number): MeterAlarm;
  /** Breaks every connection that is open now. */
  cut(): void;
}

export interface MeterAlarm extends Promise<unknown> {
  /** It will not resolve any more. */
  cancel(): void;
}

export async function startMeteredLine(targetPort: number): Promise<MeteredLine> {
  const sockets = new Set<Socket>();
  const alarms = new Set<{ readonly direction: 'up' | 'down'; left: number; readonly ring: (rung: null) => void }>();
  const count = (direction: 'up' | 'down', octets: number): void => {
    for (const alarm of alarms) {
      if (alarm.direction !== direction) continue;
      alarm.left -= octets;
      if (alarm.left > 0) continue;
      alarms.delete(alarm);
      alarm.ring(null);
    }
  };
  const listener = createServer(client => {
    const server = connect(targetPort, '127.0.0.1');
    for (const [from, to, direction] of [
      [client, server, 'up'],
      [server, client, 'down'],
    ] as const) {
      sockets.add(from);
      from.on('data', (chunk: Buffer) => {
        count(direction, chunk.length);
      });
      from.pipe(to);
      from.on('error', () => to.destroy());
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
    }
  });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  return {
    port: (listener.address() as AddressInfo).port,
    afterOctets(direction, octets) {
      const { promise, resolve } = Promise.withResolvers<null>();
      const alarm = { direction, left: octets, ring: resolve };
      alarms.add(alarm);
      return Object.assign(promise, { cancel: () => void alarms.delete(alarm) });
    },
    cut() {
      for (const socket of sockets) socket.destroy();
    },
    async [Symbol.asyncDispose]() {
      const closed = once(listener, 'close');
      listener.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
