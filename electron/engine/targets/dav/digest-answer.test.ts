import { expect, test } from 'vitest';
import { challengesOf, digestAnswer, digestChallenge } from './digest-answer.ts';

test('schemes are told apart, in whatever order and quotation', () => {
  const header = 'Digest realm="a, \\"b\\"", nonce="n", qop="auth,auth-int", algorithm=MD5, Basic realm="x"';
  const offered = challengesOf(header);
  expect([...offered.keys()]).toEqual(['digest', 'basic']);
  expect(offered.get('digest')?.get('realm')).toBe('a, "b"');
  expect([...challengesOf('Basic realm="x", charset="UTF-8", Negotiate').keys()]).toEqual(['basic', 'negotiate']);
  expect([...challengesOf('Bearer').keys()]).toEqual(['bearer']);
});

test('the answer is that of RFC 7616, section 3.9.1, for both algorithms', () => {
  for (const [algorithm, expected] of [
    ['MD5', '8ca523f5e9506fed4657c9700eebdbec'],
    ['SHA-256', '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1'],
  ] as const) {
    const header = `Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=${algorithm}, nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"`;
    const challenge = digestChallenge(challengesOf(header).get('digest') ?? new Map());
    if (challenge === null) throw new Error('not understood');
    const request = { user: 'Mufasa', password: 'Circle of Life', method: 'GET', uri: '/dir/index.html' };
    const answer = digestAnswer(challenge, request, 1, 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ');
    expect(answer).toContain(`response="${expected}"`);
    expect(answer).toContain('nc=00000001');
  }
});

test('what nobody here can answer is left alone', () => {
  expect(
    digestChallenge(
      new Map([
        ['nonce', 'n'],
        ['algorithm', 'SHA-512-256'],
      ]),
    ),
  ).toBeNull();
  expect(
    digestChallenge(
      new Map([
        ['nonce', 'n'],
        ['qop', 'auth-int'],
      ]),
    ),
  ).toBeNull();
});
