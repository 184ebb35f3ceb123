import { useEffect, useState } from 'react';
import type { OrganisationProfile } from '../../../shared/model/organisation-profile.ts';
import { useServices } from '../../services.ts';

/** The organisation's profile; null while it is not known, and where there is none. */
export function useOrganisation(): OrganisationProfile | null {
  const { client } = useServices();
  const [profile, setProfile] = useState<OrganisationProfile | null>(null);
  useEffect(() => {
    let shown = true;
    client.call('organisation.read', {}).then(
      read => {
        if (shown) setProfile(read.profile);
      },
      // Nothing depends on it but what is offered first.
      () => undefined,
    );
    return () => {
      shown = false;
    };
  }, [client]);
  return profile;
}
