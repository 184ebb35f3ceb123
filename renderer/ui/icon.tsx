import sprites from 'bootstrap-italia/dist/svg/sprites.svg';

/** The icons of the design system, from the one bundled sprite: the kit's own component fetches each when shown. */
export type IconName =
  | 'it-check'
  | 'it-check-circle'
  | 'it-error'
  | 'it-file'
  | 'it-folder'
  | 'it-inbox'
  | 'it-info-circle'
  | 'it-lock'
  | 'it-download'
  | 'it-upload'
  | 'it-search'
  | 'it-warning-circle';

/** Decorative: what it says stands in words beside it. */
export function Icon({ name, className = '' }: { readonly name: IconName; readonly className?: string }) {
  return (
    <svg className={`icon t-icon ${className}`} aria-hidden="true" focusable="false">
      <use href={`${sprites}#${name}`} />
    </svg>
  );
}
