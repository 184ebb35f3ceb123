import { useEffect, useRef, useState } from 'react';

/** What lay on the pointer when it was let go over the window. */
export interface Dropped {
  readonly files: readonly File[];
  /** Of the first; a browser tells this much, though no path. */
  readonly isFolder: boolean;
}

/** Takes what is dropped anywhere on the window. True while something that holds files hovers over it. */
export function useFileDrop(onDrop: (dropped: Dropped) => void): boolean {
  const [over, setOver] = useState(false);
  const latest = useRef(onDrop);
  latest.current = onDrop;
  useEffect(() => {
    // Each element on the way tells of entering and leaving: only the balance says whether the pointer is gone.
    let depth = 0;
    const holdsFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;
    const listeners = {
      dragenter: (event: DragEvent) => {
        if (!holdsFiles(event)) return;
        depth += 1;
        setOver(true);
      },
      dragleave: (event: DragEvent) => {
        if (!holdsFiles(event)) return;
        depth -= 1;
        if (depth <= 0) setOver(false);
      },
      drop: (event: DragEvent) => {
        depth = 0;
        setOver(false);
        const { dataTransfer } = event;
        if (dataTransfer === null || !holdsFiles(event)) return;
        const [item] = dataTransfer.items;
        latest.current({
          files: [...dataTransfer.files],
          isFolder: item?.webkitGetAsEntry()?.isDirectory ?? false,
        });
      },
    };
    const names = ['dragenter', 'dragleave', 'drop'] as const;
    for (const name of names) window.addEventListener(name, listeners[name]);
    return () => {
      for (const name of names) window.removeEventListener(name, listeners[name]);
    };
  }, []);
  return over;
}
