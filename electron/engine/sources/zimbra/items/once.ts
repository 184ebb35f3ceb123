// eslint-disable-next-line @typescript-eslint/require-await -- the item was rendered; only the consumer wants a stream
export async function* once(octets: Buffer): AsyncGenerator<Buffer> {
  yield octets;
}
