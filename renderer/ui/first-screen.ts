let shown = false;

/** True once, for the screen the window opens with: a page that takes the focus while it loads confuses more than it helps. */
export function isFirstScreen(): boolean {
  const first = !shown;
  shown = true;
  return first;
}
