// Takes from the kit's style sheet the parts that our pages use. The whole of it is 620 KB, most of it for widgets that need its
// JavaScript; what is kept here is about a sixth. A class of the kit that seems to do nothing is missing from this list.
const families = [
  // Text and layout
  'h[1-6]', 'lead', 'small', 'subheader', 'text', 'fw', 'fs', 'lh', 'font', 'link', 'visually-hidden', 'icon', 'hr', 'row', 'col', 'g[xy]?-[0-5]', 'gap', 'd', 'flex',
  'justify', 'align', 'm[tbsexy]?', 'p[tbsexy]?', 'w', 'rounded(?!-)', 'border(?!-)', 'shadow', 'position', 'overflow', 'order',
  // Parts
  'alert', 'avatar', 'badge', 'breadcrumb', 'btn', 'card', 'datagrid', 'dropdown-(?:menu|item|header|divider)', 'empty', 'list-unstyled', 'list-inline',
  'nav', 'tab', 'pag(?:e-link|e-item|e-header|e-title|e-pretitle|ination)', 'progress', 'progressbg', 'spinner', 'status', 'step', 'steps', 'table', 'timeline',
  // Forms
  'form-(?:check|control|fieldset|file|footer|help|hint|label|required|select|switch|text)', 'input-group', 'input-icon', 'invalid-feedback', 'valid-feedback', 'is-invalid', 'is-valid', 'col-form-label',
  // States
  'active', 'disabled', 'show', 'collapsed',
];
const wanted = new RegExp(`^(?:${families.join('|')})(?:-|$)`);
// Within the families: what only the kit's JavaScript or none of our pages shows.
const unwanted = /^(?:row-cols|link-(?!secondary)|(?:m[tbsexy]?|p[tbsexy]?|d|gap|flex|justify|align|order|col|row|g[xy]?|w|text|rounded|border)-(?:sm|md|lg|xl|xxl)(?:-|$)|card-(?:tabs|status|sponsor|stamp|img|cover|rotate|stacked|group|mosaic)|nav-(?:scroller|segmented)|btn-(?:ghost|close|azure|indigo|purple|pink|orange|lime|teal|cyan|blue|red|green|yellow|gray|dark|light|app|floating|icon-.*|twitter|facebook|google|youtube|vimeo|dribbble|github|instagram|pinterest|vk|rss|flickr|bitbucket|tabler|x)|form-(?:colorinput|imagecheck|floating|range)|avatar-(?:upload|brand|list)|table-(?:mobile|sort)|.*-(?:xxl|gradient)|(?:bg|text|border)-(?:gray|bg|facebook|twitter|linkedin|google|youtube|vimeo|dribbble|github|instagram|pinterest|vk|rss|flickr|bitbucket|tabler|x)(?:-|$))/;
const dark = '[data-bs-theme=dark]';
const byDevice = ':root:not([data-bs-theme])';

/** The kept rules of a style sheet, and its dark rules once more for devices that ask for dark. */
export function prune(css) {
  const { kept, forDark } = keep(parse(css));
  return `${legal(css)}\n${kept}\n@media screen and (prefers-color-scheme:dark){${forDark}}`;
}

const legal = css => css.match(/\/\*![\s\S]*?\*\//)?.[0] ?? '';

/** A sheet as [head, body] pairs; body is text for declarations, a list for rules within rules, null for a statement. */
function parse(css) {
  const rules = [];
  let start = 0;
  for (let i = 0; i < css.length; i++) {
    const c = css[i];
    if (c === '/' && css[i + 1] === '*') {
      const end = css.indexOf('*/', i + 2) + 2;
      css = css.slice(0, i) + css.slice(end);
      i--;
    } else if (c === '"' || c === "'") i = closing(css, i);
    else if (c === ';') {
      rules.push([css.slice(start, i).trim(), null]);
      start = i + 1;
    } else if (c === '{') {
      const head = css.slice(start, i).trim();
      const end = blockEnd(css, i);
      const body = css.slice(i + 1, end);
      rules.push([head, /^@(?:media|supports|layer|container)/.test(head) ? parse(body) : body]);
      i = end;
      start = end + 1;
    }
  }
  return rules;
}

function blockEnd(css, open) {
  let depth = 0;
  for (let i = open; i < css.length; i++) {
    if (css[i] === '"' || css[i] === "'") i = closing(css, i);
    else if (css[i] === '{') depth++;
    else if (css[i] === '}' && --depth === 0) return i;
  }
  throw new Error(`The kit's style sheet has a block without an end: ${css.slice(open, open + 80)}`);
}

function closing(css, quote) {
  for (let i = quote + 1; i < css.length; i++) {
    if (css[i] === '\\') i++;
    else if (css[i] === css[quote]) return i;
  }
  throw new Error('The kit\'s style sheet has a string without an end.');
}

function keep(rules) {
  let kept = '';
  let forDark = '';
  for (const [head, body] of rules) {
    if (Array.isArray(body)) {
      const within = keep(body);
      if (within.kept) kept += `${head}{${within.kept}}`;
      if (within.forDark && !head.includes('print')) forDark += `${head}{${within.forDark}}`;
    } else if (body === null) {
      if (!head.startsWith('@charset')) kept += `${head};`;
    } else if (head.startsWith('@')) kept += `${head}{${body}}`;
    else {
      const selectors = split(head).filter(isUsed);
      if (selectors.length === 0) continue;
      kept += `${selectors.join(',')}{${body}}`;
      const darks = selectors.filter(s => s.includes(dark)).map(s => s.replace(dark, byDevice));
      if (darks.length > 0) forDark += `${darks.join(',')}{${body}}`;
    }
  }
  return { kept, forDark };
}

/** Our own sheet as it is, with its dark rules once more for devices that ask for dark. */
export function repeatDark(css) {
  const rules = parse(css).filter(([head, body]) => typeof body === 'string' && head.includes(dark));
  return `${css}\n@media screen and (prefers-color-scheme:dark){${rules.map(([head, body]) => `${head.replaceAll(dark, byDevice)}{${body}}`).join('')}}`;
}

function split(head) {
  const parts = [''];
  let depth = 0;
  for (const c of head) {
    if (c === '(' || c === '[') depth++;
    if (c === ')' || c === ']') depth--;
    if (c === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += c;
  }
  return parts;
}

function isUsed(selector) {
  // The kit's other names for the same switch, and a light island on a dark page, are not used.
  if (/data-theme|data-bs-theme=light|navbar-theme|\.theme-dark/.test(selector)) return false;
  const plain = selector.replace(/:not\((?:[^()]|\([^()]*\))*\)/g, '').replace(/\[[^\]]*\]/g, '');
  const classes = plain.match(/\.-?[A-Za-z_](?:[\w-]|\\.)*/g) ?? [];
  return classes.every(c => wanted.test(c.slice(1)) && !unwanted.test(c.slice(1)));
}
