interface ChoiceProps<T extends string> {
  readonly legend: string;
  readonly name: string;
  readonly options: readonly { readonly value: T; readonly label: string; readonly hint?: string }[];
  readonly value: T;
  readonly onChange: (value: T) => void;
  readonly disabled?: boolean;
}

/** One of a few, each with a sentence. */
export function Choice<T extends string>({ legend, name, options, value, onChange, disabled = false }: ChoiceProps<T>) {
  return (
    <fieldset className="t-choice" disabled={disabled}>
      <legend>{legend}</legend>
      {options.map(option => (
        <label key={option.value} className="t-choice-option" data-checked={option.value === value || undefined}>
          <input
            type="radio"
            name={name}
            checked={option.value === value}
            aria-describedby={option.hint === undefined ? undefined : `${name}-${option.value}-hint`}
            onChange={() => onChange(option.value)}
          />
          <span>
            <span className="t-choice-label">{option.label}</span>
            {option.hint === undefined ? null : (
              <span id={`${name}-${option.value}-hint`} className="t-hint">
                {option.hint}
              </span>
            )}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
