import { createServer, type AddressInfo, type Server } from 'node:net';

/**
 * Loopback ports that nobody listens on at this moment. All are held open together before any is released, so they
 * differ from each other; another process can still take one before it is used, so callers retry on a failed bind.
 */
export async function freePorts(count: number): Promise<readonly number[]> {
  const holders = await Promise.all(Array.from({ length: count }, () => listenAnywhere()));
  const ports = holders.map(server => (server.address() as AddressInfo).port);
  await Promise.all(holders.map(server => new Promise(resolve => server.close(resolve))));
  return ports;
}

function listenAnywhere(): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      resolve(server);
    });
  });
}
