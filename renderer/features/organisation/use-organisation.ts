import { useEffect, useState } from 'react';
import type { Output } from '../../../shared/contract.ts';
import { useServices } from '../../services.ts';

export type KnownOrganisation = Pick<Output<'organisation.read'>, 'profile' | 'freeze'>;

const unknown: KnownOrganisation = { profile: null, freeze: null };

/** The organisation's profile, null while it is not known and where there is none; and what it says of these days. */
export function useOrganisation(): KnownOrganisation {
  const { client } = useServices();
  const [known, setKnown] = useState(unknown);
  useEffect(() => {
    let shown = true;
    client.call('organisation.read', {}).then(
      read => {
        if (shown) setKnown(read);
      },
      // Nothing depends on it but what is offered first.
      () => undefined,
    );
    return () => {
      shown = false;
    };
  }, [client]);
  return known;
}
