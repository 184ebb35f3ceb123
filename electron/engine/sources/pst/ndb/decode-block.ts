/** Byte substitution tables of [MS-PST] section 5.1; mpbbI is the inverse of mpbbR. */
const mpbbR = Buffer.from(
  '41361362a8216ebbf416cc047f64e85d1ef2cb2a74c55e35d295479e962d9a88' +
    '4c7d843fdbac31b6485ff6c4d8398be7233b388ec8c1df25b120a546604e9cfb' +
    'aad35651457c550007c92b9d859b09a08fadb30f63ab894bd7a7155a716642bf' +
    '264a6b98faea7753b270052cfd593a867ece06eb827857c78d43afb41cd45bcd' +
    'e2e9274fc3087280cfb0eff5286dbe304d3492d50e3c2232e5e4f99fc2d10a81' +
    '12e1ee918376e397e6618a1779a4b7dc907a5c8c02a6ca69de501a1193b95287' +
    '58fced1d37491b6ae0293399bd6cd994f340546ff0c673b8d63e6518441fdd67' +
    '10f10c19ecae03a1147ba90bfff8a3c0a201f72ebc2468750dfeba2fb5d0da3d',
  'hex',
);
const mpbbS = Buffer.from(
  '14530f56b3c87a9ceb65481716159f02cc547c83000d0c0ba262a876dbd9edc7' +
    'c5a4dcac8574d6d0a79bae9a967166c36399b8dd73928e847da55ed15d93b157' +
    '5150808952944f4e0a6bbc8d7f6e47464140440111cb033ff7f4e1a98f3c3af9' +
    'fbf0193082092ec99da08649ee6f4d6dc42d813425871b88aafc06a11238fd4c' +
    '4272641337246a757743ffe6b44b365ce4d8353d45b92cecb7312b290768a30e' +
    '697b189e2139be281a5b78f523ca2ab0af3efe048ce7e5983295d3f64ae8a6ea' +
    'e9f3d52f7020f21f0567ad5510cecde3273bdabad7c226d4911dd21c2233f8fa' +
    'f15aefcf90b68bb5bdc0bf08971e6ce261e0c6c159abbb58de5fdf60797eb28a',
  'hex',
);
const mpbbI = Buffer.alloc(256);
mpbbR.forEach((to, from) => (mpbbI[to] = from));

/** [MS-PST] 2.2.2.6, bCryptMethod. */
export const cryptMethods = { none: 0x00, permute: 0x01, cyclic: 0x02 } as const;

/** The substitution of two octets at once, low octet first: an eighth of the time that one by one takes. */
const pairs = Uint16Array.from({ length: 0x1_0000 }, (_, pair) => at(mpbbI, pair & 0xff) | (at(mpbbI, pair >> 8) << 8));

function at(table: Buffer, index: number): number {
  return table[index] ?? 0;
}

/** "Compressible encryption" ([MS-PST] 5.1): a fixed substitution. In place. */
export function decodePermute(data: Buffer): Buffer {
  const wide = data.byteOffset % 4 === 0 ? data.length >> 2 : 0;
  const words = new Int32Array(data.buffer, wide === 0 ? 0 : data.byteOffset, wide);
  for (let i = 0; i < wide; i++) {
    const word = words[i] ?? 0;
    words[i] = (pairs[word & 0xffff] ?? 0) | ((pairs[word >>> 16] ?? 0) << 16);
  }
  for (let i = wide * 4; i < data.length; i++) data[i] = at(mpbbI, data[i] ?? 0);
  return data;
}

/** The other direction, for tests. */
export function encodePermute(data: Buffer): Buffer {
  return Buffer.from(data.map(octet => at(mpbbR, octet)));
}

/** "High encryption" ([MS-PST] 5.2): keyed by the low 32 bits of the block id. Encoding and decoding are the same. In place. */
export function decodeCyclic(data: Buffer, bid: number): Buffer {
  const key = bid % 0x1_0000_0000;
  let word = (key ^ (key >>> 16)) & 0xffff;
  for (let i = 0; i < data.length; i++) {
    const low = word & 0xff;
    const high = word >> 8;
    let octet = at(mpbbR, ((data[i] ?? 0) + low) & 0xff);
    octet = at(mpbbS, (octet + high) & 0xff);
    octet = at(mpbbI, (octet - high) & 0xff);
    data[i] = (octet - low) & 0xff;
    word = (word + 1) & 0xffff;
  }
  return data;
}
