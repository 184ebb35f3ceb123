import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface TestCertificateOptions {
  /** Existing folder that receives the files. */
  readonly directory: string;
  /** DNS names and IPv4 addresses the server certificate is good for. Default: `localhost` and `127.0.0.1`. */
  readonly names?: readonly string[];
  /** `expired` ended yesterday; `self-signed` has no authority behind it, so `caFile` does not vouch for it. */
  readonly flaw?: 'expired' | 'self-signed';
}

export interface TestCertificate {
  /** PEM of the authority that signed `certFile`: what a client is told to trust. */
  readonly caFile: string;
  readonly certFile: string;
  readonly keyFile: string;
}

/**
 * A new authority and one server certificate under it, made with the `openssl` command. Elliptic keys, because an
 * RSA key costs up to a second each and every test server wants its own.
 */
export async function createTestCertificate(options: TestCertificateOptions): Promise<TestCertificate> {
  const { directory, names = ['localhost', '127.0.0.1'], flaw } = options;
  const file = (name: string): string => join(directory, name);
  const subjectAltName = names.map(name => (/^[\d.]+$/.test(name) ? `IP:${name}` : `DNS:${name}`)).join(',');
  await writeFile(file('ca.cnf'), authorityConfig);
  await writeFile(file('server.cnf'), `basicConstraints=CA:FALSE\nsubjectAltName=${subjectAltName}\n`);
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];

  await openssl(['req', '-x509', ...newKey, '-config', file('ca.cnf'), '-days', '3650'], {
    '-keyout': file('ca.key'),
    '-out': file('ca.pem'),
  });
  await openssl(['req', ...newKey, '-config', file('ca.cnf'), '-subj', '/O=Travaso test/CN=test server'], {
    '-keyout': file('server.key'),
    '-out': file('server.csr'),
  });
  const signer =
    flaw === 'self-signed'
      ? ['-signkey', file('server.key')]
      : ['-CA', file('ca.pem'), '-CAkey', file('ca.key'), '-set_serial', String(Date.now())];
  // A negative life puts the end before the start; OpenSSL signs it all the same and clients see "expired".
  await openssl(['x509', '-req', '-days', flaw === 'expired' ? '-1' : '3650', ...signer], {
    '-in': file('server.csr'),
    '-extfile': file('server.cnf'),
    '-out': file('server.pem'),
  });
  return { caFile: file('ca.pem'), certFile: file('server.pem'), keyFile: file('server.key') };
}

const authorityConfig = `[req]
prompt = no
distinguished_name = name
x509_extensions = authority
[name]
O = Travaso test
CN = Travaso test authority
[authority]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
`;

async function openssl(args: readonly string[], files: Readonly<Record<string, string>>): Promise<void> {
  await run('openssl', [...args, ...Object.entries(files).flat()]);
}
