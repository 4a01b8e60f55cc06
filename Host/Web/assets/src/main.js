// What every page loads. Each part works without it; this makes it livelier.
import htmx from 'htmx.org/dist/htmx.esm.js';
import { watchConnections } from './live.js';
import { closeMenus } from './menus.js';
import { showUploads } from './upload.js';

// The page's policy forbids evaluated code and inline styles; nothing is fetched from elsewhere.
Object.assign(htmx.config, {
  allowEval: false,
  allowScriptTags: false,
  includeIndicatorStyles: false,
  selfRequestsOnly: true,
  historyCacheSize: 0,
  refreshOnHistoryMiss: true,
  scrollIntoViewOnBoost: false,
  // A form that comes back with its errors has status 422; the error pages are pages too.
  responseHandling: [
    { code: '204', swap: false },
    { code: '[23]..', swap: true },
    { code: '422', swap: true },
    { code: '[45]..', swap: false, error: true },
  ],
});

watchConnections();
closeMenus();
showUploads();

/** Fetches the code of parts that few pages have. */
function dress(root) {
  const draw = root.querySelectorAll('[data-chart]');
  if (draw.length > 0) import('./charts.js').then(charts => draw.forEach(charts.draw)).catch(() => draw.forEach(figure => figure.classList.add('is-plain')));
  const edit = root.querySelectorAll('textarea[data-editor]');
  if (edit.length > 0) import('./editor.js').then(editor => edit.forEach(editor.dress));
  for (const summary of root.querySelectorAll('[data-error-summary]')) summary.focus();
}

dress(document);
document.addEventListener('htmx:afterSwap', event => dress(event.detail.elt));
