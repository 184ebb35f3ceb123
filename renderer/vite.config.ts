import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import type { Plugin } from 'vite';

/** See `no-kit-icons.ts`. */
const withoutKitIcons: Plugin = {
  name: 'without-kit-icons',
  enforce: 'pre',
  resolveId(source, importer) {
    const wanted = source === './assets/index' && importer?.includes('/design-react-kit/dist/Icon/');
    return wanted === true ? `${import.meta.dirname}/no-kit-icons.ts` : null;
  },
};

/**
 * The design system's sheet carries the font of a video player as a `data:` address. Nothing here plays videos, but the
 * browser loads it all the same, against the content security policy.
 */
const withoutVideoFont: Plugin = {
  name: 'without-video-font',
  enforce: 'pre',
  transform: (code, id) =>
    id.includes('bootstrap-italia.min.css') ? code.replace(/@font-face\{font-family:VideoJS;[^}]*\}/, '') : null,
};

/**
 * `vite build renderer` makes the product: one page, everything it needs beside it. `--mode gallery` makes the page
 * that shows each screen in each state on a scripted engine instead; it is never packaged.
 */
export default defineConfig(({ mode }) => ({
  // Relative, because the window serves it from `app://` and the browser host from a port of its own.
  base: './',
  plugins: [withoutKitIcons, withoutVideoFont, react()],
  build: {
    outDir: mode === 'gallery' ? '../dist/gallery' : '../dist/renderer',
    emptyOutDir: true,
    // A `data:` font or script would need a hole in the content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1500,
    rolldownOptions: {
      input: `${import.meta.dirname}/${mode === 'gallery' ? 'testing/gallery.html' : 'index.html'}`,
    },
  },
}));
