import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { SeededRandom } from './seeded-random.ts';

/** How bad the line is, the same in both directions. All can be changed while connections are open. */
export interface LinkQuality {
  /** One way, milliseconds: half a round trip. */
  latencyMs?: number;
  /** Octets a second for each direction of each connection. */
  bytesPerSecond?: number;
  /** Octets are passed on in pieces of at most this many, each its own write. */
  sliceBytes?: number;
  /** Chance that the line breaks instead of passing on a piece. */
  dropProbability?: number;
}

/** One direction of a connection as the line carries it. */
export interface ProxyLink {
  /** Passes octets on in order. Resolves when more may come; false once the line has dropped. */
  send(octets: Buffer): Promise<boolean>;
  /** Resolves when everything sent so far was handed to the receiver. */
  flushed(): Promise<void>;
}

const highWaterOctets = 1 << 20;

export function proxyLink(receiver: Socket, quality: LinkQuality, random: SeededRandom): ProxyLink {
  let tail: Promise<void> = Promise.resolve();
  let queued = 0;
  let dropped = false;

  const pass = (octets: Buffer): void => {
    const due = performance.now() + (quality.latencyMs ?? 0);
    queued += octets.length;
    // A chain keeps the order whatever the delays; the delay of one piece runs while others wait behind it.
    tail = tail.then(async () => {
      const wait = due - performance.now();
      if (wait > 0) await delay(wait);
      await write(receiver, octets);
      queued -= octets.length;
    });
  };
  return {
    async send(octets) {
      const slice = quality.sliceBytes ?? octets.length;
      for (let at = 0; at < octets.length && !dropped; at += slice) {
        const piece = octets.subarray(at, at + slice);
        dropped = quality.dropProbability !== undefined && random.chance(quality.dropProbability);
        if (dropped) return false;
        if (quality.bytesPerSecond !== undefined) await delay((piece.length / quality.bytesPerSecond) * 1000);
        pass(piece);
      }
      if (queued > highWaterOctets || octets.length > highWaterOctets) await tail;
      return !dropped;
    },
    flushed: () => tail,
  };
}

/** Resolves when the octets left this process, or when they never will. */
function write(socket: Socket, octets: Buffer): Promise<void> {
  return new Promise(resolve => {
    if (socket.writable) socket.write(octets, () => resolve());
    else resolve();
  });
}
