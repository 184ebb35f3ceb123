import type { PecKind, RelatedKind } from '../../../shared/model/message-view.ts';
import type { Language } from '../../../shared/words/language.ts';

/** The words of `travaso show`. */
export interface ShowWords {
  readonly from: string;
  readonly to: string;
  readonly cc: string;
  readonly date: string;
  readonly subject: string;
  readonly attachments: string;
  readonly noText: string;
  readonly cut: string;
  readonly notChecked: string;
  readonly provider: string;
  readonly error: string;
  readonly concerns: string;
  readonly related: string;
  readonly saved: (octets: string) => string;
  readonly pec: Readonly<Record<PecKind, string>>;
  readonly what: Readonly<Record<RelatedKind, string>>;
}

export const showWords: Readonly<Record<Language, ShowWords>> = {
  it: {
    from: 'Da',
    to: 'A',
    cc: 'Cc',
    date: 'Data',
    subject: 'Oggetto',
    attachments: 'Allegati',
    noText: '(senza testo)',
    cut: '(continua: salva il messaggio per averlo intero)',
    notChecked: 'Firma presente, non verificata',
    provider: 'Gestore',
    error: 'Errore',
    concerns: 'Destinatario',
    related: 'Nello stesso invio',
    saved: octets => `Salvato: ${octets}`,
    pec: {
      message: 'Messaggio di posta certificata',
      acceptance: 'Ricevuta di accettazione',
      nonAcceptance: 'Avviso di non accettazione',
      delivery: 'Ricevuta di avvenuta consegna',
      nonDelivery: 'Avviso di mancata consegna',
      notice: 'Avviso del gestore',
      anomaly: 'Posta non certificata (busta di anomalia)',
      other: 'Messaggio del gestore di posta certificata',
    },
    what: {
      sent: 'inviato',
      message: 'messaggio',
      acceptance: 'accettazione',
      nonAcceptance: 'non accettazione',
      delivery: 'consegna',
      nonDelivery: 'mancata consegna',
      notice: 'avviso',
    },
  },
  en: {
    from: 'From',
    to: 'To',
    cc: 'Cc',
    date: 'Date',
    subject: 'Subject',
    attachments: 'Attachments',
    noText: '(no text)',
    cut: '(goes on: save the message to have it whole)',
    notChecked: 'Signature present, not verified',
    provider: 'Provider',
    error: 'Error',
    concerns: 'Recipient',
    related: 'Same exchange',
    saved: octets => `Saved: ${octets}`,
    pec: {
      message: 'Certified mail (PEC)',
      acceptance: 'Acceptance receipt (PEC)',
      nonAcceptance: 'Notice of non-acceptance (PEC)',
      delivery: 'Delivery receipt (PEC)',
      nonDelivery: 'Notice of non-delivery (PEC)',
      notice: 'Notice of the provider (PEC)',
      anomaly: 'Ordinary mail (PEC anomaly envelope)',
      other: 'Message of a certified mail provider (PEC)',
    },
    what: {
      sent: 'sent',
      message: 'message',
      acceptance: 'acceptance',
      nonAcceptance: 'non-acceptance',
      delivery: 'delivery',
      nonDelivery: 'non-delivery',
      notice: 'notice',
    },
  },
};
