/**
 * `npm start`: sets up, builds and opens Travaso in its window; where no Electron runtime or no display is to be had,
 * it says so in one line and opens the same screens in the system browser.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { engineOptions } from './engine-options.mjs';
import { runProgram } from './run-program.mjs';
import { root, setUp } from './set-up.mjs';

const node = setUp();
const built = await runProgram(node, [join(root, 'build', 'scripts', 'build-app.mjs')], { cwd: root });
if (built !== 0) process.exit(built);

const electron = hasDisplay() ? electronProgram() : null;
if (electron === null) {
  const reason = hasDisplay() ? 'Electron’s runtime could not be fetched' : 'there is no display';
  console.log(`Travaso opens in the browser: ${reason}. / Travaso si apre nel browser.`);
  const serve = [...engineOptions.args, join(root, 'electron', 'hosts', 'cli.ts'), 'serve'];
  process.exitCode = await runProgram(node, serve, { env: { ...process.env, ...engineOptions.env } });
} else {
  const asRoot = process.getuid?.() === 0;
  // Chromium's sandbox refuses to run for root. An ordinary user has it.
  if (asRoot) console.log('Running as root: the window has no sandbox. Use an ordinary user for real mail.');
  // A runtime put in place by hand may be too old for the engine's database: the engine then runs on our own Node.
  const env = process.env.ELECTRON_OVERRIDE_DIST_PATH ? { TRAVASO_ENGINE_NODE: node } : {};
  process.exitCode = await runProgram(
    electron,
    [...(asRoot ? ['--no-sandbox'] : []), join(root, 'dist', 'electron', 'main.cjs'), ...process.argv.slice(2)],
    { env: { ...process.env, ...env } },
  );
}

function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/** Path of the Electron binary, fetched if need be; null when it cannot be had. */
function electronProgram() {
  const package_ = join(root, 'node_modules', 'electron');
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (override) return firstThere([join(override, 'electron'), join(override, 'electron.exe')]);
  if (installed(package_) === null) {
    // The runtime is no npm package: Electron's own script fetches it, which a closed network refuses.
    spawnSync(node, [join(package_, 'install.js')], { stdio: 'ignore', timeout: 300_000 });
  }
  return installed(package_);
}

function installed(package_) {
  try {
    return firstThere([join(package_, 'dist', readFileSync(join(package_, 'path.txt'), 'utf8').trim())]);
  } catch {
    return null;
  }
}

function firstThere(paths) {
  return paths.find(existsSync) ?? null;
}
