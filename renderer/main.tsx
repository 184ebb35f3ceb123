import './without-eval.ts';
import './styles/styles.ts';
import { connect, droppedFiles } from './client.ts';
import { openApp } from './open-app.tsx';
import { showInstead } from './show-instead.ts';

const root = document.querySelector<HTMLElement>('#root');
if (root !== null) {
  const client = connect(() => showInstead(root, 'replaced'));
  openApp(client, root, { takeDropped: droppedFiles() }).catch(() => showInstead(root, 'starting'));
}
