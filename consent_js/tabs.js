/**
 * Hear the record that another page of this website keeps, where the browser can tell: its cookie may come later.
 *
 * @param {(line: unknown) => void} hear
 * @returns {(line: string | null) => void} Tells the other pages.
 */
export function otherTabs(hear) {
  try {
    const channel = new BroadcastChannel('leiz-choice')
    channel.addEventListener('message', ({ data }) => hear(data))
    return (line) => channel.postMessage(line)
  } catch {
    return () => {}
  }
}
