import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { builtApp } from '../rig/built-app.ts';
import { electronRuntime, startElectronApp, type ElectronApp } from '../rig/electron-app.ts';
import { filesHolding } from '../rig/files-holding.ts';

const runtime = await electronRuntime();

describe.skipIf(runtime === null)('the window, taken over by a hostile page', () => {
  let dataDir: string;
  let started: ElectronApp;
  /** Runs text in the page's own world. */
  const inPage = (script: string): Promise<unknown> => started.page.evaluate(script);
  const call = (method: string, input: unknown) =>
    inPage(`window.travaso.call(${JSON.stringify(method)}, ${JSON.stringify(input)})`);

  beforeAll(async () => {
    if (runtime === null) return;
    dataDir = mkdtempSync(join(tmpdir(), 'travaso-window-'));
    started = await startElectronApp(runtime, { dataDir, args: ['--use-fake-device-for-media-stream'] });
  });
  afterAll(async () => {
    await started[Symbol.asyncDispose]();
    rmSync(dataDir, { recursive: true, force: true });
  });

  test('shows a screen', async () => {
    await started.page.locator('h1').first().waitFor();
    expect(started.page.url()).toMatch(/^app:\/\/travaso\/index\.html/);
  });

  test('finds no Node and no Electron, and three functions only', async () => {
    expect(await inPage('[typeof require, typeof process, typeof module, typeof Buffer, typeof global]')).toEqual(
      Array(5).fill('undefined'),
    );
    expect(await inPage('Object.keys(window.travaso).sort()')).toEqual(['call', 'dropped', 'subscribe']);
    // Without a real file, dropped by a person, there is no path to be had.
    expect(await inPage("window.travaso.dropped(new File(['x'], '/etc/passwd'))")).toBeNull();
  });

  test('was opened isolated and in the sandbox', async () => {
    const preferences = await started.app.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as {
        getLastWebPreferences(): Record<string, unknown>;
      };
      return contents.getLastWebPreferences();
    });
    expect(preferences).toMatchObject({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
    });
  });

  test('runs no text as code', async () => {
    // In a task of its own: the debugger that Playwright speaks to may use eval where the page may not.
    const later = (code: string) => `new Promise(resolve => setTimeout(() => {
      try { resolve(${code}); } catch (error) { resolve(error.name); }
    }))`;
    expect(await inPage(later('eval("1")'))).toBe('EvalError');
    expect(await inPage(later('Function("return 1")()'))).toBe('EvalError');
    const inline = `new Promise(resolve => {
      addEventListener('securitypolicyviolation', event => resolve(event.effectiveDirective), { once: true });
      const script = document.createElement('script');
      script.textContent = 'window.canary = 1';
      document.head.append(script);
    }).then(directive => [directive, typeof window.canary])`;
    expect(await inPage(inline)).toEqual(['script-src-elem', 'undefined']);
  });

  test.each([
    'https://example.org/',
    'file:///etc/passwd',
    'app://other/index.html',
    'app://travaso/assets/',
    'data:text/html,<h1>x</h1>',
  ])('does not leave for %s', async address => {
    await inPage(`void (window.stillHere = true, location.href = ${JSON.stringify(address)})`);
    // A reply from the main process comes after the navigation was refused there.
    await call('host.info', {});
    expect(await inPage('window.stillHere === true')).toBe(true);
    expect(started.page.url()).toMatch(/^app:\/\/travaso\/index\.html/);
  });

  test('opens no window, by script or by link', async () => {
    expect(await inPage('window.open("https://example.org/") === null')).toBe(true);
    expect(await inPage('window.open("about:blank") === null')).toBe(true);
    await inPage(`(() => {
      const link = Object.assign(document.createElement('a'), { href: 'https://example.org/', target: '_blank' });
      document.body.append(link); link.click(); link.remove();
    })()`);
    await call('host.info', {});
    expect(await started.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  });

  test('is given no permission', async () => {
    const denied = `Promise.all([
      new Promise(resolve => navigator.geolocation.getCurrentPosition(() => resolve('given'), e => resolve(e.code))),
      Notification.requestPermission(),
      navigator.mediaDevices.getUserMedia({ audio: true }).then(() => 'given', e => e.name),
      navigator.clipboard.readText().then(() => 'given', e => e.name),
      navigator.permissions.query({ name: 'midi' }).then(p => p.state, e => e.name),
    ])`;
    expect(await inPage(denied)).toEqual([1, 'denied', 'NotAllowedError', 'NotAllowedError', 'denied']);
  });

  test('reaches no network, not even this computer’s own', async () => {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.setHeader('access-control-allow-origin', '*').end('reached');
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const attempts = `Promise.all([
      fetch('${origin}/fetch').then(() => 'reached', () => 'refused'),
      fetch('file:///etc/passwd').then(() => 'reached', () => 'refused'),
      new Promise(resolve => {
        const image = new Image();
        image.onload = () => resolve('reached'); image.onerror = () => resolve('refused');
        image.src = '${origin}/image';
      }),
      new Promise(resolve => {
        let socket;
        try { socket = new WebSocket('${origin.replace('http', 'ws')}/socket'); } catch { resolve('refused'); return; }
        socket.onopen = () => resolve('reached'); socket.onerror = () => resolve('refused');
      }),
      Promise.resolve(navigator.sendBeacon('${origin}/beacon')).then(() => 'refused', () => 'refused'),
    ])`;
    expect(await inPage(attempts)).toEqual(Array(5).fill('refused'));
    await new Promise(resolve => server.close(resolve));
    expect(asked).toEqual([]);
  });

  test('reads no file but the screens’, which come with the policy', async () => {
    const statuses = `Promise.all(['/../electron/main.cjs', '/%2e%2e/electron/main.cjs', '/..%2f..%2fpackage.json', '/index.html']
      .map(path => fetch('app://travaso' + path).then(r => r.status, () => 'refused')))`;
    expect(await inPage(statuses)).toEqual([404, 404, 404, 200]);
    const policy = await inPage(`fetch('/index.html').then(r => r.headers.get('content-security-policy'))`);
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
    expect(policy).not.toContain('unsafe');
  });

  test('shares its functions with no frame', async () => {
    const frame = `(() => {
      const frame = document.createElement('iframe');
      document.body.append(frame);
      const kind = typeof frame.contentWindow.travaso;
      frame.remove();
      return kind;
    })()`;
    expect(await inPage(frame)).toBe('undefined');
  });

  test.each(['__proto__', 'constructor', 'toString', 'engine.close', 'secrets.password', 'events.subscribe', 'x'])(
    'cannot call %s',
    async method => {
      expect(await call(method, {})).toMatchObject({ ok: false, problem: { code: 'CALL_INVALID' } });
    },
  );

  test('names no place that the person did not pick, nor grants itself one', async () => {
    expect(await call('jobs.list', { archive: '/etc' })).toMatchObject({ problem: { code: 'PATH_NOT_GRANTED' } });
    expect(await call('host.writeText', { path: join(dataDir, 'x'), text: '' })).toMatchObject({
      problem: { code: 'PATH_NOT_GRANTED' },
    });
    expect(await call('host.grant', { path: '/etc', as: 'folder' })).toMatchObject({
      problem: { code: 'CALL_INVALID', details: { reason: 'host' } },
    });
    expect(await call('host.listFolder', { path: '/' })).toMatchObject({ problem: { code: 'CALL_INVALID' } });
  });

  test('is not believed from another window, though it has the same preload and origin', async () => {
    const preload = join(builtApp(), 'electron', 'preload.cjs');
    const outcome = await started.app.evaluate(async ({ BrowserWindow }, path) => {
      const forged = new BrowserWindow({ show: false, webPreferences: { preload: path, partition: 'screens' } });
      await forged.loadURL('app://travaso/index.html');
      const answer: unknown = await forged.webContents.executeJavaScript(`window.travaso.call('host.info', {})`);
      forged.destroy();
      return answer;
    }, preload);
    expect(outcome).toMatchObject({ ok: false, problem: { code: 'CALL_INVALID', details: { reason: 'sender' } } });
  });

  test('what the person picks in the system’s dialog is granted, and what they dismiss is not', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'travaso-picked-'));
    const answerWith = (paths: string[]) =>
      started.app.evaluate(({ dialog }, filePaths) => {
        dialog.showOpenDialog = () => Promise.resolve({ canceled: filePaths.length === 0, filePaths });
      }, paths);
    await answerWith([]);
    expect(await call('host.pickFolder', { startAt: null })).toMatchObject({ ok: true, value: { path: null } });
    await answerWith([folder]);
    expect(await call('host.pickFolder', { startAt: null })).toMatchObject({ ok: true, value: { path: folder } });
    const outcome = await call('host.writeText', { path: join(folder, 'nota.txt'), text: 'città' });
    expect(outcome).toMatchObject({ ok: true });
    expect(readFileSync(join(folder, 'nota.txt'), 'utf8')).toBe('città');
    rmSync(folder, { recursive: true });
  });

  test('prints a report to a PDF with tags, running none of its scripts and fetching nothing', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'travaso-print-'));
    await started.app.evaluate(({ dialog }, path) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] });
    }, folder);
    await call('host.pickFolder', { startAt: null });
    const [html, pdf] = [join(folder, 'rapporto.html'), join(folder, 'rapporto.pdf')];
    writeFileSync(
      html,
      '<!doctype html><html lang="it"><title>Rapporto</title><style>h1{color:#036}</style><h1>Rapporto</h1>' +
        '<img src="http://127.0.0.1:9/canary"><script>document.title = "canary"</script>',
    );
    expect(await call('host.printReport', { html, pdf })).toMatchObject({ ok: true });
    const octets = readFileSync(pdf).toString('latin1');
    expect(octets.startsWith('%PDF-')).toBe(true);
    expect(octets).toContain('/StructTreeRoot');
    expect(octets).not.toContain('canary');
    rmSync(folder, { recursive: true });
  });

  test('a password given to the engine is in no file of ours, no argument and no environment', async () => {
    const canary = 'Canarino-7f3d-segreto';
    const outcome = (await call('signIn.password', { password: canary })) as { value: { signInId: string } };
    expect(outcome).toMatchObject({ ok: true });
    const processes = descendants(await started.app.evaluate(() => process.pid));
    expect(processes.length).toBeGreaterThan(2);
    for (const pid of processes) {
      for (const facts of ['cmdline', 'environ']) {
        expect(readFileSync(`/proc/${pid}/${facts}`, 'latin1')).not.toContain(canary);
      }
    }
    expect(filesHolding(dataDir, canary)).toEqual([]);
    await call('signIn.forget', { signInId: outcome.value.signInId });
  });

  test('an engine that dies is replaced, and the window hears that it stopped', async () => {
    const pid = enginePid(await started.app.evaluate(() => process.pid));
    process.kill(pid, 'SIGKILL');
    await expect.poll(() => enginePid(0)).not.toBe(pid);
    await expect.poll(() => call('signIn.password', { password: 'x' })).toMatchObject({ ok: true });
  });

  test('a second start hands over to the first and ends', () => {
    const { executable, args, env } = started.command;
    const second = spawnSync(executable, [...args], { env, timeout: 20_000, stdio: 'ignore' });
    expect(second.status).toBe(0);
  });

  function enginePid(root: number): number {
    main = root === 0 ? main : root;
    return descendants(main).find(pid => commandLine(pid).includes('worker.mjs')) ?? 0;
  }
  let main = 0;
});

function descendants(pid: number): readonly number[] {
  const table = execFileSync('ps', ['-e', '-o', 'pid=,ppid='], { encoding: 'utf8' });
  const pairs = table
    .trim()
    .split('\n')
    .map(line => line.trim().split(/\s+/).map(Number));
  const all = [pid];
  for (const parent of all) for (const [child = 0, of] of pairs) if (of === parent) all.push(child);
  return all.filter(own => commandLine(own) !== '');
}

function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'latin1');
  } catch {
    return '';
  }
}
