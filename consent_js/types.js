/**
 * What the modules hand each other. Only types: nothing of this file reaches a visitor.
 * One file, though long: it is read as a list beside the modules, and holds no code.
 *
 * @typedef {'all' | 'none' | 'some' | 'one'} Method How the visitor chose: one of the twins, piece by piece, or one
 *   service on the page.
 *
 * @typedef {[granted: string, refused: string, withdrawn: string]} Lists Codes of four letters each, with nothing between.
 *
 * @typedef {[number: string, minute: string, method: string, text: string, ...lists: Lists]} Act What the visitor chose
 *   at one moment, as the record writes it. It holds nothing about who chose: the number of the announced inventory
 *   that was asked for, the minute since 1970 in base 36 and nothing finer, how it was chosen, the digest of the words
 *   that were shown, and what was granted, refused, and refused after it had been granted.
 *
 * @typedef {[code: string, since: number]} Need A code that must be granted, under this number or a newer one.
 *
 * @typedef {object} PlainTerms What may run on what, as plain data.
 * @property {number} number The number of the announced inventory that counts here.
 * @property {Record<string, Need[]>} names What is needed for each name of a purpose or heading.
 * @property {[since: number, ...purposes: string[]][]} kinds What services need besides themselves, by the codes of
 *   purposes; `since` is the number at which their terms last widened.
 * @property {number[]} services For each service, in the order of the codes: the step from the code before it times the
 *   number of kinds, plus the index of its kind.
 *
 * @typedef {object} Terms
 * @property {number} number
 * @property {Map<string, Need[]>} names
 * @property {Map<string, Need[]>} services What each service needs, by its code, itself first; nothing where it is exempt.
 *
 * @typedef {Map<string, { yes: boolean, number: number }>} Answers What was answered about each code, under which number.
 *
 * @typedef {object} Entry What the entry needs besides.
 * @property {string} pin The digest in the names of the parts.
 * @property {string[]} languages The website's own language first.
 * @property {string} list The address of the full list, seen from the script.
 * @property {string[]} click The services that run only after a click on their own button.
 * @property {number} signals 1 where a service wants Google Consent Mode.
 * @property {[number: number, minute: number]} announced Only where a new version of the policy is announced, and only
 *   read by the modules that are linked there: its number, and the minute since 1970 (UTC) in which it comes into force.
 *
 * @typedef {PlainTerms & Entry} Config
 *
 * @typedef {HTMLScriptElement | HTMLTemplateElement | HTMLIFrameElement | HTMLImageElement} Gated
 *
 * @typedef {object} Gate
 * @property {() => HTMLIFrameElement[]} update Opens what may run; the frames that wait.
 * @property {(node: Gated) => void} open
 * @property {(node: Gated) => string[]} namesOf What a node is marked with.
 * @property {(key: string, act: () => unknown) => void} queue Does something after all that was queued under that key.
 * @property {Set<string>} running The names of all that was opened.
 *
 * @typedef {object} Shown
 * @property {() => void} place Puts it back where the page threw it out.
 * @property {() => void} close
 *
 * @typedef {object} Kit What the entry hands to its parts.
 * @property {Config} config
 * @property {Terms} terms
 * @property {string} language
 * @property {string} list The address of the full list.
 * @property {Gate} gate
 * @property {Act[]} acts What counts on this page.
 * @property {string} seen The cookies when the acts were read.
 * @property {number} turn Counts what the visitor did, so that what comes late stays away.
 * @property {Set<string>} ready The click services that have loaded.
 * @property {Set<string>} clicked The click services whose button was pressed.
 * @property {Set<string>} styles The style sheets that were added.
 * @property {() => Answers} answers
 * @property {() => string[]} left The codes of the services that must be asked for.
 * @property {(name: string) => boolean} isAllowed
 * @property {(name: string) => Promise<void>} open Shows the second layer.
 * @property {() => void} update
 * @property {(name: string, ...told: any[]) => Promise<any>} withPart Uses a part; nothing where it does not come.
 *
 * @typedef {object} ChangeTexts
 * @property {string[]} all The purposes that consent is asked for.
 *
 * @typedef {object} AskedTexts What a part knows that asks something.
 * @property {string[]} all
 * @property {string} domain The domain whose sub-domains share one choice, or nothing.
 * @property {string} digest
 * @property {string} language
 * @property {string[]} styles The style sheets that the part needs, in this order.
 *
 * @typedef {object} Question The words that both questions have.
 * @property {string} title
 * @property {string[]} intro
 * @property {string} change_later
 * @property {string} more
 * @property {string} choose
 *
 * @typedef {object} AnnouncementTexts Only where a new version of the policy is announced.
 * @property {string} announcement
 * @property {string} announcement_link
 * @property {string} announced_at The address of what changes, seen from the full list.
 *
 * @typedef {object} AnnouncementWords The words of the announcement by itself.
 * @property {string} language
 * @property {string[]} styles The style sheets that the part needs, in this order.
 * @property {string} note What changes, in short, or nothing.
 * @property {string} announcement_read
 *
 * @typedef {AnnouncementTexts & AnnouncementWords} AnnouncementPartTexts
 *
 * @typedef {AskedTexts & Question & AnnouncementTexts} QuestionTexts
 *
 * @typedef {object} FirstLayerWords
 * @property {[name: string, sentence: string][]} purposes
 * @property {string} allow_all
 * @property {string} refuse_all
 *
 * @typedef {QuestionTexts & FirstLayerWords} FirstLayerTexts
 *
 * @typedef {object} ChangesWords
 * @property {Record<string, [number: number, sentence: string][]>} news By code; what is new since each number, newest
 *   first, and last that the service is new.
 * @property {string} allow_new
 * @property {string} refuse_new
 *
 * @typedef {QuestionTexts & ChangesWords} ChangesTexts
 *
 * @typedef {object} FrameWords
 * @property {string} frame_blocked
 * @property {string} load_once
 * @property {string} load_always
 * @property {string} always_for
 * @property {Record<string, [name: string, purposes: string]>} services By code.
 *
 * @typedef {AskedTexts & FrameWords} FrameTexts
 *
 * @typedef {object} ServiceDetails
 * @property {string} id
 * @property {string} code
 * @property {string} name
 * @property {string[]} purposes The codes of its purposes.
 * @property {string} needs What else must be granted, as a sentence, or nothing.
 * @property {string} recipient Name and country.
 * @property {[names: string, lifetime: string][]} items
 *
 * @typedef {object} PurposeDetails
 * @property {string} id
 * @property {string} code
 * @property {string} name
 * @property {string} sentence
 * @property {boolean} asked Whether consent is asked for it.
 * @property {ServiceDetails[]} services
 *
 * @typedef {object} DetailWords The words of the second layer.
 * @property {string} preferences_title
 * @property {string} preferences_intro
 * @property {string} browser_refuses
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
 * @property {string} acts
 * @property {PurposeDetails[]} purposes
 *
 * @typedef {AskedTexts & DetailWords} DetailTexts
 *
 * @typedef {[service: string, kind: string, name: string]} Removable `*` in a name stands for the part that differs.
 *
 * @typedef {object} AfterWords What is told after a choice, and what can be removed.
 * @property {string} language
 * @property {string[]} styles The style sheets that the part needs, in this order.
 * @property {string} saved
 * @property {string} not_erased
 * @property {Removable[]} items
 * @property {Record<string, [text: string, link: string]>} left By code: that we cannot remove all, and where the visitor can.
 * @property {Record<string, [path: string, ...values: unknown[]][]>} calls By code: how a vendor's script is told.
 * @property {Record<string, string[]>} hosts By code: the other hosts that a service needs.
 *
 * @typedef {ChangeTexts & { domain: string } & AfterWords} AfterTexts
 *
 * @typedef {object} Remembered
 * @property {Act} act
 * @property {boolean} signal Whether the browser asked not to follow its visitor.
 *
 * @typedef {object} ActsTexts The words of the list of earlier choices.
 * @property {string} language
 * @property {string} controller
 * @property {string} website
 * @property {string} evidence The address below which the texts are kept.
 * @property {Record<string, string>} names What each code stands for.
 * @property {string[]} services The codes that stand for services.
 * @property {string} acts
 * @property {string} acts_note
 * @property {string} acts_none
 * @property {string} act_all
 * @property {string} act_none
 * @property {string} act_some
 * @property {string} act_signal
 * @property {string} act_granted
 * @property {string} act_refused
 * @property {string} act_withdrawn
 * @property {string} act_shown
 * @property {string} save_page
 * @property {string} save_json
 *
 * @typedef {'runs' | 'waits' | 'wrong'} Level
 *
 * @typedef {[level: Level, sentence: string]} Reason
 *
 * @typedef {object} Row What the diagnosis tells about one node or host.
 * @property {Level} level
 * @property {string} what
 * @property {string} names
 * @property {string} why
 *
 * @typedef {object} Refusal What the CSP of the page refused; no host where that was no address.
 * @property {string} directive
 * @property {string} address
 * @property {string} host
 *
 * @typedef {object} DiagnosisFacts What the diagnosis knows besides the terms.
 * @property {string} language
 * @property {string[]} styles The style sheets that the part needs, in this order.
 * @property {Record<string, string[]>} services The hosts of every declared service, by its id.
 * @property {string[]} purposes The ids of every purpose.
 *
 * @typedef {object} DiagnosisWords Its own words, for whoever builds a website.
 * @property {Record<Level, string>} levels
 * @property {Record<Method, string>} methods
 * @property {string} title
 * @property {string} report
 * @property {string} copy
 * @property {string} copied
 * @property {string} not_copied
 * @property {string} close
 * @property {string} page
 * @property {string} marked
 * @property {string} marked_none
 * @property {string} unmarked
 * @property {string} unmarked_none
 * @property {string} service
 * @property {string} purpose
 * @property {string} exempt
 * @property {string} granted
 * @property {string} once
 * @property {string} unanswered
 * @property {string} refused
 * @property {string} older
 * @property {string} later
 * @property {string} unknown
 * @property {string} meant
 * @property {string} negated
 * @property {string} elsewhere
 * @property {string} click
 * @property {string} no_button
 * @property {string} not_inert
 * @property {string} cannot_wait
 * @property {string} src_beside
 * @property {string} no_address
 * @property {string} empty
 * @property {string} in_order
 * @property {string} inline_refused
 * @property {string} csp_refused
 * @property {string} host_unknown
 * @property {string} host_early
 * @property {string} host_granted
 * @property {string} host_refused
 * @property {string} module
 * @property {string} language_unknown
 * @property {string} taken
 * @property {string} signal
 * @property {string} settings_own
 * @property {string} settings_added
 * @property {string} record_none
 * @property {string} record_foreign
 * @property {string} record_two
 * @property {string} act
 * @property {string} act_granted
 * @property {string} act_refused
 * @property {string} act_withdrawn
 * @property {string} act_expired
 * @property {string} guard
 * @property {string} guard_other
 * @property {string} guard_script
 * @property {string} guard_none
 * @property {string} refusal
 * @property {string} refusals_unknown
 *
 * @typedef {DiagnosisFacts & DiagnosisWords} DiagnosisTexts
 */
export {}
