import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { readCms } from './encapsulated-content.ts';

const signedOid = Buffer.from('06092a864886f70d010702', 'hex');
const envelopedOid = Buffer.from('06092a864886f70d010703', 'hex');
const dataOid = Buffer.from('06092a864886f70d010701', 'hex');

function element(tag: number, ...content: Buffer[]): Buffer {
  const body = Buffer.concat(content);
  const length =
    body.length < 0x80
      ? Buffer.from([body.length])
      : Buffer.from([0x83, body.length >> 16, (body.length >> 8) & 0xff, body.length & 0xff]);
  return Buffer.concat([Buffer.from([tag]), length, body]);
}

/** With its length left open, as streaming signers write. */
function open(tag: number, ...content: Buffer[]): Buffer {
  return Buffer.concat([Buffer.from([tag, 0x80]), ...content, Buffer.from([0, 0])]);
}

const version = element(0x02, Buffer.from([1]));
const digests = element(0x31);
const certificates = element(0xa0, Buffer.alloc(200, 7));

function signed(content: Buffer): Buffer {
  const encapsulated = element(0x30, dataOid, element(0xa0, element(0x04, content)));
  return element(0x30, signedOid, element(0xa0, element(0x30, version, digests, encapsulated, certificates)));
}

test('takes out what was signed', () => {
  const content = Buffer.from('La delibera.'.repeat(50));
  expect(readCms(signed(content))).toEqual({ kind: 'signed', content });
});

test('takes it out of open lengths and pieces', () => {
  const pieces = open(0x24, element(0x04, Buffer.from('La ')), open(0x24, element(0x04, Buffer.from('delibera.'))));
  const encapsulated = open(0x30, dataOid, open(0xa0, pieces));
  const object = open(0x30, signedOid, open(0xa0, open(0x30, version, digests, encapsulated)));
  expect(readCms(object)).toEqual({ kind: 'signed', content: Buffer.from('La delibera.') });
});

test('takes it out of PEM and out of bare base64', () => {
  const content = Buffer.from('testo');
  const letters = signed(content).toString('base64').replaceAll(/.{64}/g, '$&\n');
  expect(readCms(Buffer.from(`-----BEGIN PKCS7-----\n${letters}\n-----END PKCS7-----\n`))).toEqual({
    kind: 'signed',
    content,
  });
  expect(readCms(Buffer.from(letters))).toEqual({ kind: 'signed', content });
});

test('tells a detached signature and what only a key opens', () => {
  const detached = element(0x30, version, digests, element(0x30, dataOid), certificates);
  expect(readCms(element(0x30, signedOid, element(0xa0, detached)))).toEqual({ kind: 'signed', content: null });
  expect(readCms(element(0x30, envelopedOid, element(0xa0, element(0x30, version))))).toEqual({ kind: 'encrypted' });
});

test('gives nothing of an object that was cut, rather than half a document', () => {
  const whole = signed(Buffer.alloc(5000, 65));
  for (const length of [0, 1, 2, 10, 40, 3000, whole.length - 1]) expect(readCms(whole.subarray(0, length))).toBeNull();
});

test('is not kept busy by elements within elements', () => {
  expect(readCms(Buffer.alloc(2_000_000, Buffer.from([0x30, 0x80])))).toBeNull();
  expect(
    readCms(Buffer.concat([Buffer.from([0x30, 0x80]), Buffer.alloc(2_000_000, Buffer.from([0x05, 0x00]))])),
  ).toBeNull();
});

test('never throws', () => {
  const broken = fc.tuple(fc.nat(200), fc.uint8Array({ maxLength: 6 })).map(([at, octets]) => {
    const whole = signed(Buffer.from('contenuto'.repeat(20)));
    Buffer.from(octets).copy(whole, Math.min(at, whole.length));
    return whole;
  });
  fc.assert(
    fc.property(
      fc.oneof(
        broken,
        fc.uint8Array().map(octets => Buffer.from(octets)),
      ),
      octets => void readCms(octets),
    ),
    { numRuns: 2000 },
  );
});
