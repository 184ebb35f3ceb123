// `node build/scripts/package-linux.mjs`: the Linux app as a folder and as a Debian package, in `dist/packages`, on a
// machine that reaches nothing but its own disk. electron-builder makes the folder, with fuses and asar; its own deb
// target would fetch fpm from GitHub, so the package is put together here, by dpkg-deb.
//
// The runtime: the downloaded Electron, or the folder named by ELECTRON_OVERRIDE_DIST_PATH.
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
const packages = join(root, 'dist', 'packages');
const { version, description } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const architecture = { x64: 'amd64', arm64: 'arm64' }[process.arch];

/** What Electron's own documentation and electron-builder's deb target ask for. */
const depends = [
  'libgtk-3-0t64 | libgtk-3-0',
  'libnotify4',
  'libnss3',
  'libxss1',
  'libxtst6',
  'xdg-utils',
  'libatspi2.0-0t64 | libatspi2.0-0',
  'libuuid1',
  'libsecret-1-0',
];

const control = `Package: travaso
Version: ${version}
Architecture: ${architecture}
Maintainer: Travaso <travaso@example.invalid>
Section: utils
Priority: optional
Depends: ${depends.join(', ')}
Description: ${description}
`;

const desktop = `[Desktop Entry]
Type=Application
Name=Travaso
Comment=Carry your mail to the new mailbox
Comment[it]=Porta la posta nella nuova casella
Exec=/opt/Travaso/travaso
Icon=travaso
Categories=Utility;Email;
StartupWMClass=Travaso
`;

await import('./build-app.mjs');
buildFolder();
buildDeb();

function buildFolder() {
  const options = [
    '--config',
    join(root, 'build/electron/electron-builder.yml'),
    '--linux',
    'dir',
    '--publish',
    'never',
  ];
  const runtime = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (runtime !== undefined) {
    const runtimeVersion = readFileSync(join(runtime, 'version'), 'utf8').trim();
    options.push(`-c.electronDist=${runtime}`, `-c.electronVersion=${runtimeVersion}`);
  }
  const builder = join(root, 'node_modules/electron-builder/out/cli/cli.js');
  execFileSync(process.execPath, [builder, ...options], { cwd: root, stdio: 'inherit' });
}

function buildDeb() {
  const tree = mkdtempSync(join(tmpdir(), 'travaso-deb-'));
  try {
    const write = (path, text) => {
      mkdirSync(join(tree, path, '..'), { recursive: true });
      writeFileSync(join(tree, path), text);
    };
    // dpkg refuses a root folder that only its owner may enter.
    chmodSync(tree, 0o755);
    cpSync(join(packages, 'linux-unpacked'), join(tree, 'opt/Travaso'), { recursive: true });
    // Chromium's sandbox where the kernel gives unprivileged users no namespaces of their own.
    chmodSync(join(tree, 'opt/Travaso/chrome-sandbox'), 0o4755);
    write('DEBIAN/control', control);
    write('usr/share/applications/travaso.desktop', desktop);
    write('usr/share/doc/travaso/copyright', readFileSync(join(root, 'LICENSE'), 'utf8'));
    mkdirSync(join(tree, 'usr/share/icons/hicolor/scalable/apps'), { recursive: true });
    cpSync(
      join(root, 'build/electron/icons/icon.svg'),
      join(tree, 'usr/share/icons/hicolor/scalable/apps/travaso.svg'),
    );
    mkdirSync(join(tree, 'usr/bin'), { recursive: true });
    symlinkSync('/opt/Travaso/travaso', join(tree, 'usr/bin/travaso'));
    const file = join(packages, `travaso_${version}_${architecture}.deb`);
    execFileSync('dpkg-deb', ['--root-owner-group', '-Zxz', '-z1', '--build', tree, file], { stdio: 'inherit' });
  } finally {
    rmSync(tree, { recursive: true, force: true });
  }
}
