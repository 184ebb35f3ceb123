/** Roots of the archives this process has looked at or worked on: what the diagnostics are about. */
export interface SeenArchives {
  add(root: string): void;
  roots(): readonly string[];
}

/** The ones seen last are kept. */
const keptRoots = 5;

export function seenArchives(): SeenArchives {
  const roots = new Set<string>();
  return {
    add(root) {
      roots.delete(root);
      roots.add(root);
      for (const oldest of [...roots].slice(0, -keptRoots)) roots.delete(oldest);
    },
    roots: () => [...roots],
  };
}
