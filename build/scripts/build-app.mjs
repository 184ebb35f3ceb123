// Builds what Electron runs: main process, preload and engine process, each into few files of `dist/electron`, and
// the screens into `dist/renderer`. Vite bundles all of them; the dependencies go in with our own code, except the
// one with a native binary, so that the package carries no `node_modules` but that.
//
// `node build/scripts/build-app.mjs [FOLDER [WORKER]]`: another folder than `dist`, for tests that must not share it,
// and another program in the engine's place, for tests of what surrounds it.
import { cp, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { build } from 'vite';
import { engineOptions } from './engine-options.mjs';

const root = join(import.meta.dirname, '..', '..');
const dist = resolve(process.argv[2] ?? join(root, 'dist'));
const outDir = join(dist, 'electron');

/** Loaded at run time: Electron's own module, and the database's native binary, which cannot be bundled. */
const external = ['electron', 'better-sqlite3'];

/**
 * A thread is started on a file (`new Worker(new URL('./name.ts', import.meta.url))`), so it becomes a file of its own
 * beside the bundle, and the URL is made to name it. Vite does this for browsers only.
 */
const threads = {
  name: 'threads',
  enforce: 'pre',
  transform(code, id) {
    if (!code.includes('new Worker(')) return null;
    return code.replaceAll(/new URL\('\.\/([\w-]+)\.ts', import\.meta\.url\)/g, (_, name) => {
      this.emitFile({ type: 'chunk', id: join(dirname(id), `${name}.ts`), fileName: `${name}.mjs` });
      return `new URL('./${name}.mjs', import.meta.url)`;
    });
  },
};

/** One bundle for Node or Electron. `format` is `es`, or `cjs` where Electron takes nothing else. */
function bundle(input, format, extension) {
  return build({
    configFile: false,
    root,
    logLevel: 'warn',
    plugins: [threads],
    define: { ENGINE_V8_FLAGS: JSON.stringify(engineOptions.args) },
    ssr: { noExternal: true, external, target: 'node' },
    build: {
      ssr: true,
      outDir,
      emptyOutDir: false,
      // Node 20, because the Electron of closed networks' tests has no newer one.
      target: 'node20',
      minify: false,
      rolldownOptions: {
        input,
        external,
        output: { format, entryFileNames: `[name].${extension}`, chunkFileNames: `chunk-[name]-[hash].${extension}` },
      },
    },
  });
}

// Whoever asks for the build: a test runner's own NODE_ENV would bring in React as its developers debug it.
process.env.NODE_ENV = 'production';
await rm(outDir, { recursive: true, force: true });
// CommonJS, because what must happen before Electron is ready (schemes, sandbox) has to happen while it is loaded.
await bundle({ main: join(root, 'electron/main/main.ts') }, 'cjs', 'cjs');
// A sandboxed preload is one CommonJS file.
await bundle({ preload: join(root, 'electron/preload.ts') }, 'cjs', 'cjs');
await bundle({ worker: join(root, process.argv[3] ?? 'electron/hosts/worker.ts') }, 'es', 'mjs');
await cp(join(root, 'build/electron/icons'), join(dist, 'icons'), { recursive: true });
await build({
  configFile: join(root, 'renderer', 'vite.config.ts'),
  root: join(root, 'renderer'),
  logLevel: 'warn',
  build: { outDir: join(dist, 'renderer'), emptyOutDir: true },
});
