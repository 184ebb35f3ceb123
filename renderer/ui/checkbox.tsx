import { Icon } from './icon.tsx';

interface CheckboxProps {
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly error?: string | null;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}

/** One thing the person says yes to, with its label beside it. */
export function Checkbox({ id, label, hint, error = null, checked, onChange }: CheckboxProps) {
  const described = [hint === undefined ? null : `${id}-hint`, error === null ? null : `${id}-error`]
    .filter(part => part !== null)
    .join(' ');
  return (
    <div className="t-check">
      <input
        id={id}
        type="checkbox"
        checked={checked}
        aria-describedby={described === '' ? undefined : described}
        aria-invalid={error === null ? undefined : true}
        onChange={event => onChange(event.currentTarget.checked)}
      />
      <div>
        <label htmlFor={id}>{label}</label>
        {hint === undefined ? null : (
          <p id={`${id}-hint`} className="t-hint">
            {hint}
          </p>
        )}
        <div aria-live="polite">
          {error === null ? null : (
            <p id={`${id}-error`} className="t-field-error">
              <Icon name="it-error" />
              {error}
            </p>
          )}
        </div>
      </div>
    </div>
  );
}
