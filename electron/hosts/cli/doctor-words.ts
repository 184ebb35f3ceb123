import type { DoctorCheck } from '../../../shared/model/doctor.ts';
import type { Language } from '../../../shared/words/language.ts';

interface DoctorWords {
  readonly checks: Readonly<Record<DoctorCheck, string>>;
  readonly send: string;
}

/** What `travaso doctor` calls the things it looks at. */
export const doctorWords: Readonly<Record<Language, DoctorWords>> = {
  it: {
    checks: {
      find: 'Il server della casella',
      name: 'Il nome del server (DNS)',
      port: 'La porta del server',
      tls: 'La connessione protetta (TLS)',
      service: 'Il servizio di posta',
      account: 'Nome e password',
    },
    send: 'Riga da inviare all’assistenza:',
  },
  en: {
    checks: {
      find: 'The mailbox’s server',
      name: 'The server’s name (DNS)',
      port: 'The server’s port',
      tls: 'The protected connection (TLS)',
      service: 'The mail service',
      account: 'Name and password',
    },
    send: 'Line to send to the help desk:',
  },
};
