import { FakeFault } from '../fake-account.ts';
import type { SoapBody, SoapHandler } from '../fake-account.ts';
import { child, demanded } from '../mailbox/elements.ts';
import { elementsOf } from './item-handlers.ts';
import type { TargetItemsStore } from './target-items-store.ts';

const defaultPreference = 'zimbraPrefDefaultSignatureId';
/** What this version can say in its own language; older and newer servers know other words. */
const tests =
  /^(?:condition|headerTest|addressTest|bodyTest|sizeTest|dateTest|attachmentTest|inviteTest|trueTest|addressBookTest)$/;
const actions = /^action(?:Keep|Discard|FileInto|Flag|Tag|Redirect|Reply|Notify|Stop)$/;

export function settingHandlers(store: TargetItemsStore): readonly (readonly [string, SoapHandler])[] {
  const get = (direction: 'incoming' | 'outgoing') => () => ({
    filterRules: [store.rules[direction].length === 0 ? {} : { filterRule: store.rules[direction] }],
  });
  return [
    ['GetFilterRulesRequest', get('incoming')],
    ['GetOutgoingFilterRulesRequest', get('outgoing')],
    ['ModifyFilterRulesRequest', body => setRules(store, 'incoming', body)],
    ['ModifyOutgoingFilterRulesRequest', body => setRules(store, 'outgoing', body)],
    ['GetSignaturesRequest', () => ({ signature: store.signatures })],
    ['CreateSignatureRequest', body => createSignature(store, child(body, 'signature'))],
    ['ModifyPrefsRequest', body => setPreferences(store, child(body, '_attrs'))],
  ];
}

/** What is sent takes the place of all that was there. */
function setRules(store: TargetItemsStore, direction: 'incoming' | 'outgoing', body: SoapBody): SoapBody {
  const sent = elementsOf(child(body, 'filterRules')['filterRule']);
  for (const rule of sent) {
    demanded(rule, 'name');
    const words = [
      ...elementsOf(rule['filterTests']).flatMap(each => Object.keys(each).filter(key => !tests.test(key))),
      ...elementsOf(rule['filterActions']).flatMap(each => Object.keys(each).filter(key => !actions.test(key))),
    ];
    if (words.length > 0) throw new FakeFault('service.INVALID_REQUEST', { unknown: words.join(',') });
  }
  const kept = new Set(sent.map(each => JSON.stringify(each)));
  store.overwritten += store.rules[direction].filter(each => !kept.has(JSON.stringify(each))).length;
  store.rules[direction] = sent;
  return {};
}

function createSignature(store: TargetItemsStore, asked: SoapBody): SoapBody {
  const name = demanded(asked, 'name');
  const content = elementsOf(asked['content']);
  const { signatures, limits, preferences } = store;
  if (signatures.length >= limits.signatures) throw new FakeFault('account.TOO_MANY_SIGNATURES');
  if (signatures.some(each => each.name === name)) throw new FakeFault('account.SIGNATURE_EXISTS', { name });
  const isLong = content.some(each => demanded(each, '_content').length > limits.signatureLength);
  if (limits.signatureLength > 0 && isLong) throw new FakeFault('service.INVALID_REQUEST');
  const id = `signature-${store.mailbox.takeId()}`;
  // The first is made the one in use, unasked.
  if (signatures.length === 0) preferences[defaultPreference] = id;
  signatures.push({ id, name, content });
  return { signature: [{ id, name }] };
}

function setPreferences(store: TargetItemsStore, attributes: SoapBody): SoapBody {
  for (const [name, value] of Object.entries(attributes)) store.preferences[name] = String(value);
  return {};
}
