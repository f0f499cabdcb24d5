/**
 * A new element. Children are text or elements, never markup.
 *
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string>} attributes
 * @param {(Node | string)[]} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function make(tag, attributes, ...children) {
  const element = document.createElement(tag)
  for (const name of Object.keys(attributes)) element.setAttribute(name, attributes[name])
  element.append(...children)
  return element
}

/**
 * A part of the module that stands in the page, in a language of its own.
 *
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {string} name
 * @param {string} lang
 * @param {Record<string, string>} attributes
 * @param {(Node | string)[]} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function part(tag, name, lang, attributes, ...children) {
  return make(tag, { ...attributes, class: 'leiz-choice leiz-choice-' + name, lang, dir: 'ltr' }, ...children)
}

/**
 * A button that does one thing.
 *
 * @param {string} text
 * @param {() => void} act
 * @returns {HTMLButtonElement}
 */
export function button(text, act) {
  const element = make('button', { type: 'button' }, text)
  element.addEventListener('click', () => act())
  return element
}

/**
 * Add style sheets to the document, each once, without any inline style, which a strict CSP would refuse.
 *
 * @param {{ styles: Set<string> }} kit
 * @param {{ styles: string[] }} texts
 */
export function adopt(kit, texts) {
  for (const style of texts.styles) {
    if (!kit.styles.has(style)) addSheet().replaceSync(style)
    kit.styles.add(style)
  }
}

/** A new style sheet of the document. */
export function addSheet() {
  const sheet = new CSSStyleSheet()
  document.adoptedStyleSheets.push(sheet)
  return sheet
}
