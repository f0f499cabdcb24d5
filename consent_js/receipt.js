import { codesIn, minuteOf } from './record.js'
/** @import { Act, ActsTexts, Remembered } from './types.js' */

const STATUS = ['dpv:ConsentGiven', 'dpv:ConsentRefused', 'dpv:ConsentWithdrawn']

/**
 * The acts as a receipt in JSON-LD, in the words of the Data Privacy Vocabulary for ISO/IEC TS 27560 receipts.
 * It names no person, device or number of its own: its subject is whoever holds it.
 *
 * @param {Remembered[]} remembered
 * @param {ActsTexts} texts
 * @param {string} made The day, as 2026-11-24.
 */
export function receiptOf(remembered, texts, made) {
  return {
    '@context': {
      dpv: 'https://w3id.org/dpv#',
      dct: 'http://purl.org/dc/terms/',
    },
    '@type': 'dpv:ConsentReceipt',
    'dct:conformsTo': 'https://w3id.org/dpv/schema/dpv-27560#receipt',
    'dct:created': made,
    'dct:description': texts.acts_note,
    'dct:publisher': texts.controller,
    'dct:language': texts.language,
    'dpv:hasDataSubject': { '@type': 'dpv:DataSubject', 'dct:title': 'holder of this receipt' },
    'dpv:hasRecordOfActivity': remembered.map((one) => recordOf(one, texts)),
  }
}

/**
 * @param {Remembered} remembered
 * @param {ActsTexts} texts
 */
function recordOf({ act, signal }, texts) {
  const [number, , method, , ...lists] = act
  return {
    '@type': 'dpv:ConsentRecord',
    'dct:created': new Date(minuteOf(act) * 60000).toISOString().slice(0, 16) + 'Z',
    'dpv:hasDataController': texts.controller,
    'dct:spatial': texts.website,
    'dct:hasVersion': Number(number),
    'dpv:hasNotice': textAddress(act, texts),
    'dpv:isIndicatedBy': method,
    'dpv:hasContext': signal ? 'Global Privacy Control or Do Not Track was on' : 'no signal of the browser',
    'dpv:hasProcess': lists.flatMap((list, at) =>
      codesIn(list).map((code) => ({
        [texts.services.includes(code) ? 'dpv:hasService' : 'dpv:hasPurpose']: nameOf(code, texts),
        'dpv:hasConsentStatus': STATUS[at],
      })),
    ),
  }
}

/**
 * Where the text that was shown is kept.
 *
 * @param {Act} act
 * @param {ActsTexts} texts
 */
export function textAddress([, , , text], { evidence }) {
  return `${evidence}${text}.json`
}

/**
 * What a code stands for; the code itself where that is no longer known.
 *
 * @param {string} code
 * @param {ActsTexts} texts
 */
export function nameOf(code, { names }) {
  return Object.hasOwn(names, code) ? names[code] : code
}
