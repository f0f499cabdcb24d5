/** Names of the characters from 160 on, in their order. */
const LATIN_1 =
  'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute ' +
  'micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring ' +
  'AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml ' +
  'times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil ' +
  'egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ' +
  'ugrave uacute ucirc uuml yacute thorn yuml'

/** Code points, and the names of the characters from there on. */
const OTHERS = [
  '39 apos', '338 OElig oelig', '352 Scaron scaron', '376 Yuml', '402 fnof',
  '710 circ', '732 tilde',
  '913 Alpha Beta Gamma Delta Epsilon Zeta Eta Theta Iota Kappa Lambda Mu Nu Xi Omicron Pi Rho',
  '931 Sigma Tau Upsilon Phi Chi Psi Omega',
  '945 alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigmaf sigma tau upsilon phi chi psi omega',
  '977 thetasym upsih', '982 piv', '8194 ensp emsp', '8201 thinsp', '8204 zwnj zwj lrm rlm', '8211 ndash mdash',
  '8216 lsquo rsquo sbquo', '8220 ldquo rdquo bdquo', '8224 dagger Dagger bull', '8230 hellip', '8240 permil',
  '8242 prime Prime', '8249 lsaquo rsaquo', '8254 oline', '8260 frasl', '8364 euro', '8465 image', '8472 weierp',
  '8476 real', '8482 trade', '8501 alefsym', '8592 larr uarr rarr darr harr', '8629 crarr',
  '8656 lArr uArr rArr dArr hArr', '8704 forall', '8706 part exist', '8709 empty', '8711 nabla isin notin', '8715 ni',
  '8719 prod', '8721 sum minus', '8727 lowast', '8730 radic', '8733 prop infin', '8736 ang',
  '8743 and or cap cup int', '8756 there4', '8764 sim', '8773 cong', '8776 asymp', '8800 ne equiv', '8804 le ge',
  '8834 sub sup nsub', '8838 sube supe', '8853 oplus', '8855 otimes', '8869 perp', '8901 sdot',
  '8968 lceil rceil lfloor rfloor', '9674 loz', '9824 spades', '9827 clubs', '9829 hearts diams', '10216 lang rang',
]

/** The characters whose names HTML also knows without a semicolon. */
const OLD_NAMES = new Map(
  [`160 ${LATIN_1}`, '34 quot', '38 amp', '60 lt', '62 gt', '34 QUOT', '38 AMP', '60 LT', '62 GT', '169 COPY', '174 REG'].flatMap(named),
)

/** Every name of HTML 4, and `apos`: more than our build and browsers write. */
const NAMES = new Map([...OLD_NAMES, ...OTHERS.flatMap(named)])

const REFERENCE = /&(?:#(?:[xX]([0-9a-fA-F]+)|([0-9]+));?|([^\t\n\f\r <&#;]{1,32})(;?))/gu

/**
 * A text with its character references decoded as HTML says; a name that is not known here stays as it is.
 *
 * @param {string} text
 * @returns {string}
 */
export function decoded(text) {
  return text.replace(REFERENCE, (whole, hexadecimal, decimal, name, end) => {
    if (hexadecimal) return character(parseInt(hexadecimal, 16))
    if (decimal) return character(parseInt(decimal, 10))
    return (end && NAMES.get(name)) || decodedStart(name, whole)
  })
}

/**
 * A reference without a semicolon whose name goes on: `&copyright` is the sign and `right`.
 *
 * @param {string} name
 * @param {string} whole
 */
function decodedStart(name, whole) {
  for (let length = name.length; length > 1; length--) {
    const found = OLD_NAMES.get(name.slice(0, length))
    if (found) return found + whole.slice(length + 1)
  }
  return whole
}

/** @param {number} number */
function character(number) {
  if (number >= 0x80 && number < 0xa0) return new TextDecoder('windows-1252').decode(Uint8Array.of(number)) // old pages mean those
  const wrong = !number || number > 0x10ffff || (number >= 0xd800 && number < 0xe000)
  return wrong ? '\ufffd' : String.fromCodePoint(number)
}

/**
 * Names by the characters that follow each other from a code point on: `8211 ndash mdash`.
 *
 * @param {string} run
 * @returns {[string, string][]}
 */
function named(run) {
  const [first, ...names] = run.split(' ')
  return names.map((name, at) => [name, String.fromCodePoint(Number(first) + at)])
}
