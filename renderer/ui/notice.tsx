import type { ReactNode } from 'react';
import { Icon } from './icon.tsx';
import type { IconName } from './icon.tsx';

const icons = {
  good: 'it-check-circle',
  info: 'it-info-circle',
  attention: 'it-warning-circle',
  safe: 'it-lock',
} as const satisfies Record<string, IconName>;

interface NoticeProps {
  readonly kind: keyof typeof icons;
  readonly children: ReactNode;
  /** Said by a screen reader when it appears or changes. */
  readonly live?: boolean;
}

/** A sentence that matters, with an icon; colour only underlines what the words say. */
export function Notice({ kind, children, live = false }: NoticeProps) {
  return (
    <div className={`t-notice t-notice-${kind}`} role={live ? 'status' : undefined}>
      <Icon name={icons[kind]} />
      <div>{children}</div>
    </div>
  );
}
