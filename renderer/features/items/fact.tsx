import type { ReactNode } from 'react';

/** One line of what is known of an item. Text from a mailbox only ever becomes text, and cannot turn what is around it. */
export function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd className="t-fact-text">
        <bdi>{children}</bdi>
      </dd>
    </>
  );
}
