import { useWords } from '../../services.ts';

/** How a message is looked at. */
export type Shown = 'text' | 'page' | 'headers' | 'source';

interface ViewSwitchProps {
  readonly shown: Shown;
  /** Whether the message has a page (HTML) at all. */
  readonly hasPage: boolean;
  readonly onShow: (shown: Shown) => void;
}

export function ViewSwitch({ shown, hasPage, onShow }: ViewSwitchProps) {
  const { view } = useWords().message;
  const offered: readonly Shown[] = hasPage ? ['text', 'page', 'headers', 'source'] : ['text', 'headers', 'source'];
  return (
    <div role="group" aria-label={view.label} className="t-views t-no-print">
      {offered.map(name => (
        <button key={name} type="button" aria-pressed={name === shown} onClick={() => onShow(name)}>
          {view[name]}
        </button>
      ))}
    </div>
  );
}
