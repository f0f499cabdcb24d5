/**
 * Load the page anew. Its frames go first: Firefox gives a frame its old address back, whatever the new page says.
 */
export function reload() {
  for (const frame of document.querySelectorAll('iframe[data-src]')) frame.remove()
  location.reload()
}
