/**
 * The known name that was probably meant, or nothing where none is near.
 *
 * @param {string} word
 * @param {string[]} known
 * @returns {string}
 */
export function nearest(word, known) {
  const most = Math.max(2, Math.floor(word.length / 3))
  const [first] = known.map((name) => ({ name, far: changesBetween(word, name) })).sort((one, other) => one.far - other.far)
  return first && first.far <= most ? first.name : ''
}

/**
 * How many letters must be added, removed or replaced to make one word of the other.
 *
 * @param {string} one
 * @param {string} other
 * @returns {number}
 */
function changesBetween(one, other) {
  let row = [...Array(other.length + 1).keys()]
  for (let at = 1; at <= one.length; at++) {
    const next = [at]
    for (let to = 1; to <= other.length; to++) {
      const replaced = row[to - 1] + Number(one[at - 1] !== other[to - 1])
      next.push(Math.min(next[to - 1] + 1, row[to] + 1, replaced))
    }
    row = next
  }
  return row[other.length]
}
