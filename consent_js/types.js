/**
 * What the modules hand each other. Only types: nothing of this file reaches a visitor.
 *
 * @typedef {'all' | 'none' | 'some'} Method How the visitor chose: one of the twins, or purpose by purpose.
 *
 * @typedef {object} ConsentRecord What is kept of a choice. It holds nothing about who chose.
 * @property {number} number The newest policy version that was announced at that moment.
 * @property {string} terms The digest of what was asked for.
 * @property {string} text The digest of the words it was asked in.
 * @property {number} minute The moment, in minutes since 1970 (UTC), and nothing finer.
 * @property {Method} method
 * @property {string[]} granted The purposes the visitor granted.
 * @property {string[]} withdrawn The purposes that were granted just before and are no longer.
 *
 * @typedef {object} Terms What is asked for, and which services hang on it.
 * @property {string} terms The digest of what is asked for.
 * @property {string[]} purposes The consent purposes.
 * @property {string[]} exempt The purposes that need no consent.
 * @property {Record<string, string[]>} services The consent purposes of each service; none where it is exempt.
 *
 * @typedef {object} Texts The words of the first layer in one language.
 * @property {string} language
 * @property {string} digest
 * @property {string} list The address of the full list, seen from the script.
 * @property {string} title
 * @property {string[]} intro
 * @property {[string, string][]} purposes Name and sentence of each consent purpose.
 * @property {string} change_later
 * @property {string} more
 * @property {string} allow_all
 * @property {string} refuse_all
 * @property {string} choose
 * @property {string} settings
 * @property {string} saved
 * @property {string} frame_blocked
 * @property {string} load_once
 * @property {string} load_always
 *
 * @typedef {object} Entry What the first layer needs.
 * @property {number} number
 * @property {string} domain The domain whose sub-domains share one choice, or nothing.
 * @property {string[]} click The services that run only after a click on their own button.
 * @property {Record<string, string>} frames The names of the services that fill a frame.
 * @property {string} details The address of the second layer, seen from the script.
 * @property {string} style
 * @property {Record<string, Texts>} texts By language; the website's own language first.
 *
 * @typedef {Terms & Entry} Config
 *
 * @typedef {HTMLScriptElement | HTMLTemplateElement | HTMLIFrameElement | HTMLImageElement} Gated
 *
 * @typedef {(method: Method, purposes?: string[]) => Promise<void>} Choose
 *
 * @typedef {object} Choice
 * @property {() => string[] | null} granted The purposes granted now; null where the visitor has not chosen.
 * @property {(id: string) => boolean} allows
 * @property {(method: Method, purposes: string[]) => string[]} make Returns the purposes that are withdrawn by it.
 * @property {() => string | null} line The record as it is kept.
 * @property {(told?: unknown) => boolean} read Takes in a record that was told or kept by another page; whether it is new.
 * @property {() => string[]} justWithdrawn What was withdrawn within the last minute or two.
 *
 * @typedef {object} ServiceDetails
 * @property {string} name
 * @property {string} needs What else must be granted, as a sentence, or nothing.
 * @property {string} recipient Name and country.
 * @property {[string, string][]} items Name and lifetime of each storage item.
 *
 * @typedef {object} PurposeDetails
 * @property {string} id
 * @property {string} name
 * @property {string} sentence
 * @property {boolean} asked Whether consent is asked for it.
 * @property {ServiceDetails[]} services
 *
 * @typedef {object} DetailTexts The words of the second layer in one language.
 * @property {string} preferences_title
 * @property {string} preferences_intro
 * @property {string} close
 * @property {string} allow_all
 * @property {string} refuse_all
 * @property {string} save
 * @property {string} always_on
 * @property {string} services
 * @property {string} more
 * @property {string} lifetime
 * @property {string} storage
 * @property {string} recipient
 * @property {PurposeDetails[]} purposes
 * @property {Record<string, [string, string]>} left By service: that we cannot remove all, and where the visitor can.
 *
 * @typedef {object} Details What the second layer needs.
 * @property {string} style
 * @property {Record<string, DetailTexts>} texts By language.
 * @property {[string, string, string][]} items Service, kind and name of all that can be removed from here.
 *
 * @typedef {object} SecondLayer
 * @property {Details} details
 * @property {typeof import('./preferences.js').showPreferences} showPreferences
 * @property {typeof import('./eraser.js').erase} erase
 * @property {typeof import('./eraser.js').leftElsewhere} leftElsewhere
 */
export {}
