import type { Sentences } from '../sentences.ts';
import { safe } from './safe.ts';

const passwordNotSent = 'Your messages are safe. The password has not been sent.';

/** The line and the server's identity: T-1xx and T-2xx. */
export const connection = {
  SERVER_UNKNOWN_HOST: {
    happened: 'Travaso cannot find the server {host|of your mail}.',
    safe: safe.nothingTouched,
    now: 'Check that the server’s name is spelled right. Check also that the computer is online.',
    desk: 'The server name {host|given} does not resolve (DNS).',
  },
  SERVER_REFUSED_CONNECTION: {
    happened: 'The server {host|of your mail} exists, but does not accept the connection.',
    safe: safe.nothingTouched,
    now: 'Check the server’s name in your office’s instructions. If it is right, call the help desk.',
    desk: '{host|The server} refuses connections on port {port|given}.',
  },
  SERVER_UNREACHABLE: {
    happened: 'The server {host|of your mail} cannot be reached from this network.',
    safe: safe.progressKept,
    now: 'Check the computer’s network. Then start the work again.',
    desk: '{host|The server} is unreachable: possibly blocked by network, VPN or firewall.',
  },
  SERVER_SILENT: {
    happened: 'The server {host|of your mail} has stopped answering.',
    safe: safe.progressKept,
    now: 'Wait a few minutes and start again: Travaso goes on from where it was.',
    desk: '{host|The server} did not answer in time (timeout).',
  },
  CONNECTION_LOST: {
    happened: 'The connection with the server {host|of your mail} was cut.',
    safe: safe.progressKept,
    now: 'Check the network and start again: Travaso goes on from where it was.',
    desk: 'Connection with {host|the server} lost in the middle of the work.',
  },
  SERVER_BUSY: {
    happened: 'The server {host|of your mail} has too much to do right now.',
    safe: safe.progressKept,
    now: 'Start the work again {wait|later}: Travaso goes on from where it was.',
    desk: '{host|The server} says it is busy or limits connections.',
  },
  SERVER_THROTTLED: {
    happened: 'The server {host|of your mail} asks us to go more slowly.',
    safe: safe.progressKept,
    now: 'You need do nothing: Travaso goes on by itself {wait|as soon as it can}.',
    desk: '{host|The server} limits the speed (throttling).',
  },
  SERVER_NOT_IMAP: {
    happened: 'The server {host|given} answers, but it is not a suitable mail server.',
    safe: safe.nothingTouched,
    now: 'Check the server’s name and port in your office’s instructions.',
    desk: '{host|The server} on port {port|given} does not speak IMAP.',
  },
  PROXY_UNREACHABLE: {
    happened: 'The proxy of this network ({proxy|which programs go through}) does not answer.',
    safe: safe.progressKept,
    now: 'Check the computer’s network and the VPN. Then start the work again.',
    desk: 'Proxy {proxy|as set} cannot be reached: system settings, PAC or HTTPS_PROXY.',
  },
  PROXY_REFUSED: {
    happened: 'The proxy of this network does not let Travaso through to {host|the server}.',
    safe: safe.nothingTouched,
    now: 'Ask the help desk to let Travaso through, or try from another network.',
    desk: 'Proxy {proxy|as set} answers {status|a refusal} to CONNECT {host|the server}. With 407: Travaso knows Basic only.',
  },
  MAIL_NOT_THROUGH_PROXY: {
    happened: 'This network lets programs out by a proxy only, and mail does not go through it.',
    safe: safe.nothingTouched,
    now: 'Try from another network, such as your organisation’s VPN. Or call the help desk.',
    desk: 'IMAP to {host|the server}, port {port|993}, goes directly only: open it in the firewall. Proxy: {proxy|yes}.',
  },

  TLS_CERTIFICATE_EXPIRED: {
    happened: 'The certificate that proves who the server {host|of your mail} is has expired.',
    safe: passwordNotSent,
    now: 'Check the computer’s date. If it is right, call the help desk.',
    desk: 'TLS certificate of {host|this server} expired.',
  },
  TLS_CERTIFICATE_WRONG_HOST: {
    happened: 'The server {host|of your mail} shows a certificate with another name.',
    safe: passwordNotSent,
    now: 'Check the server’s name in your office’s instructions. If it is right, call the help desk.',
    desk: 'The TLS certificate is not valid for {host|this name}.',
  },
  TLS_CERTIFICATE_SELF_SIGNED: {
    happened: 'The server {host|of your mail} vouches for itself: nobody else confirms who it is.',
    safe: passwordNotSent,
    now: 'Ask the help desk for the certificate file and give it to Travaso.',
    desk: 'Self-signed TLS certificate on {host|this server}: the CA file is needed.',
  },
  TLS_CERTIFICATE_UNKNOWN_CA: {
    happened: 'This computer does not know who vouches for the server {host|of your mail}.',
    safe: passwordNotSent,
    now: 'Ask the help desk for the certificate file and give it to Travaso.',
    desk: 'Unknown CA for {host|this server}: the organisation’s CA file is needed.',
  },
  TLS_TOO_OLD: {
    happened: 'The server {host|of your mail} protects the connection in a way that is too old.',
    safe: passwordNotSent,
    now: 'Call the help desk: the server needs an update, not your computer.',
    desk: '{host|The server} offers only TLS versions before 1.2.',
  },
  TLS_NOT_OFFERED: {
    happened: 'The server {host|of your mail} does not offer a protected connection.',
    safe: passwordNotSent,
    now: 'Ask the help desk how to connect in a protected way.',
    desk: '{host|The server} does not announce STARTTLS on port {port|given}.',
  },
  TLS_FAILED: {
    happened: 'The protected connection with the server {host|of your mail} did not succeed.',
    safe: passwordNotSent,
    now: 'Try again shortly. If it happens again, call the help desk.',
    desk: 'TLS negotiation with {host|the server} failed, port {port|given}.',
  },
  TLS_REQUIRED: {
    happened: 'You asked for a connection without protection with the server {host|of your mail}.',
    safe: passwordNotSent,
    now: 'Choose a protected connection: Travaso never sends an unprotected password over a network.',
    desk: 'Connections without TLS are allowed to the same computer only (loopback).',
  },
  TLS_INTERCEPTED: {
    happened: 'Something between this computer and the server reads the protected traffic.',
    safe: safe.nothingTouched,
    now: 'If your organisation knows of it, all is well. In doubt ask before you type the password.',
    desk: 'TLS inspection (antivirus or proxy)? Issuer not public: {issuer|unknown}.',
  },
} as const satisfies Record<string, Sentences>;
