/**
 * Hear when another page of this website takes in a choice, where the browser can tell.
 *
 * @param {() => void} hear
 * @returns {() => void} Tells the other pages.
 */
export function otherTabs(hear) {
  try {
    const channel = new BroadcastChannel('leiz-choice')
    channel.addEventListener('message', hear)
    return () => channel.postMessage(0)
  } catch {
    return () => {}
  }
}
