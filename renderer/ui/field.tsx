import { useState } from 'react';
import type { ComponentProps, Ref } from 'react';
import { useWords } from '../services.ts';
import { Icon } from './icon.tsx';

interface FieldProps {
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly error?: string | null;
  /** Ids of further texts that concern this field, such as a problem shown beneath it. */
  readonly describedBy?: string | undefined;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly type?: 'text' | 'email' | 'password';
  readonly autoComplete?: string;
  readonly inputRef?: Ref<HTMLInputElement>;
}

/**
 * A text field in the look of the design system, with its label above it. The kit's field lets the label float over
 * what is typed, says errors nowhere and shows a password only to those who use a mouse.
 */
export function Field({
  id,
  label,
  hint,
  error = null,
  describedBy,
  value,
  onChange,
  type = 'text',
  autoComplete,
  inputRef,
}: FieldProps) {
  const words = useWords();
  const [shown, setShown] = useState(false);
  const described = [hint === undefined ? null : `${id}-hint`, error === null ? null : `${id}-error`, describedBy]
    .filter(part => part !== null && part !== undefined)
    .join(' ');
  const input: ComponentProps<'input'> = {
    id,
    ref: inputRef,
    value,
    type: type === 'password' && shown ? 'text' : type === 'email' ? 'text' : type,
    inputMode: type === 'email' ? 'email' : undefined,
    autoComplete: autoComplete ?? 'off',
    autoCapitalize: 'none',
    spellCheck: false,
    'aria-describedby': described === '' ? undefined : described,
    'aria-invalid': error === null && describedBy === undefined ? undefined : true,
    onChange: event => onChange(event.currentTarget.value),
  };
  return (
    <div className="t-field">
      <label htmlFor={id}>{label}</label>
      {hint === undefined ? null : (
        <p id={`${id}-hint`} className="t-hint">
          {hint}
        </p>
      )}
      <div className="t-field-row">
        <input className="form-control" {...input} />
        {type === 'password' ? (
          <button type="button" className="t-field-button" onClick={() => setShown(!shown)}>
            {shown ? words.actions.hidePassword : words.actions.showPassword}
          </button>
        ) : null}
      </div>
      <div aria-live="polite">
        {error === null ? null : (
          <p id={`${id}-error`} className="t-field-error">
            <Icon name="it-error" />
            {error}
          </p>
        )}
      </div>
    </div>
  );
}
