// Live progress asks its address every few seconds (htmx). Here: what is said while the server can't be reached. The asking goes on.
export function watchConnections() {
  for (const name of ['htmx:sendError', 'htmx:responseError', 'htmx:timeout']) document.addEventListener(name, event => tell(event.detail.elt, true));
  document.addEventListener('htmx:afterOnLoad', event => tell(event.detail.elt, false));
}

function tell(part, isLost) {
  if (!part?.matches?.('[data-live]')) return;
  const words = part.querySelector('[data-live-lost]');
  if (words) words.hidden = !isLost;
}
