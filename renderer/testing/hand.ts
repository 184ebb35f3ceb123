/** Does on the page what a person would, by the words they see. For scenarios that only an action leads to. */
export interface Hand {
  type(label: string, text: string): Promise<void>;
  press(name: string): Promise<void>;
  /** Clicks what a selector finds, for what has no name of its own. */
  click(selector: string): Promise<void>;
  /** Opens a disclosure by its summary. */
  open(summary: string): Promise<void>;
  /** Drags files over the window; `drop` lets go of them. Their names do not matter, only how many there are. */
  drag(files: number): Promise<void>;
  drop(files: number): Promise<void>;
  settle(): Promise<void>;
}

const nextFrames = (count: number): Promise<void> =>
  new Promise(resolve => {
    const step = (left: number): void => {
      if (left === 0) resolve();
      else requestAnimationFrame(() => step(left - 1));
    };
    step(count);
  });

async function found<T>(look: () => T | null | undefined, what: string): Promise<T> {
  for (let frames = 0; frames < 300; frames += 1) {
    const element = look();
    if (element !== null && element !== undefined) return element;
    await nextFrames(1);
  }
  throw new Error(`nothing on the page called ${what}`);
}

function dragWith(name: 'dragenter' | 'drop', files: number): Promise<void> {
  const dataTransfer = new DataTransfer();
  for (let count = 0; count < files; count += 1) dataTransfer.items.add(new File(['x'], `backup ${count}`));
  document.body.dispatchEvent(new DragEvent(name, { dataTransfer, bubbles: true, cancelable: true }));
  return nextFrames(6);
}

export const hand: Hand = {
  async type(label, text) {
    const input = await found(
      () => [...document.querySelectorAll('label')].find(element => element.textContent === label)?.control,
      label,
    );
    // React listens to the native setter's event; assigning `value` through its own property would be swallowed.
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(input, text);
    input.dispatchEvent(new Event('input', { bubbles: true }));
    await nextFrames(2);
  },
  async press(name) {
    const button = await found(
      () =>
        [...document.querySelectorAll('button')].find(
          element => (element.getAttribute('aria-label') ?? element.textContent) === name,
        ),
      name,
    );
    button.click();
    await nextFrames(6);
  },
  async click(selector) {
    (await found(() => document.querySelector<HTMLElement>(selector), selector)).click();
    await nextFrames(6);
  },
  async open(summary) {
    const of = () => [...document.querySelectorAll('summary')].find(element => element.textContent === summary);
    (await found(of, summary)).click();
    await nextFrames(6);
  },
  drag: files => dragWith('dragenter', files),
  drop: files => dragWith('drop', files),
  settle: () => nextFrames(10),
};
