// A code editor in the place of <textarea data-editor="html|csharp|json">. The textarea stays and is what the form sends.
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { html } from '@codemirror/lang-html';
import { bracketMatching, defaultHighlightStyle, HighlightStyle, indentOnInput, StreamLanguage, syntaxHighlighting } from '@codemirror/language';
import { csharp } from '@codemirror/legacy-modes/mode/clike';
import { json } from '@codemirror/legacy-modes/mode/javascript';
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search';
import { EditorState } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';

const languages = { html: () => html(), csharp: () => StreamLanguage.define(csharp), json: () => StreamLanguage.define(json) };

const theme = EditorView.theme({
  '&': { color: 'inherit', backgroundColor: 'transparent', fontSize: '0.875rem' },
  '.cm-scroller': { fontFamily: 'ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace', minHeight: '12rem', maxHeight: '70vh' },
  '.cm-gutters': { backgroundColor: 'transparent', color: 'var(--quiet)', borderRight: '1px solid var(--rule)' },
  '.cm-activeLine': { backgroundColor: 'color-mix(in srgb, currentColor 5%, transparent)' },
  '.cm-cursor': { borderLeftColor: 'currentColor' },
  '&.cm-focused': { outline: '2px solid var(--link)' },
});

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.tagName], color: 'var(--code-keyword)' },
  { tag: [tags.string, tags.attributeValue], color: 'var(--code-string)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--code-number)' },
  { tag: [tags.comment, tags.meta], color: 'var(--quiet)', fontStyle: 'italic' },
  { tag: [tags.attributeName, tags.propertyName], color: 'var(--code-name)' },
]);

/** Puts an editor over a textarea. */
export function dress(area) {
  if (area.dataset.dressed) return;
  area.dataset.dressed = 'yes';
  const place = document.createElement('div');
  place.className = 'editor form-control';
  area.after(place);
  // In a shadow root the editor's styles are sheets made by script, which the page's policy allows; in the page they would be inline.
  const root = place.attachShadow({ mode: 'open' });
  const label = area.labels[0];
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: area.value,
      extensions: [
        lineNumbers(), history(), drawSelection(), indentOnInput(), bracketMatching(), highlightActiveLine(), highlightSelectionMatches(),
        syntaxHighlighting(colours), syntaxHighlighting(defaultHighlightStyle, { fallback: true }),
        // Tab leaves the editor, so that it is no trap for the keyboard.
        keymap.of([...defaultKeymap, ...historyKeymap, ...searchKeymap]),
        (languages[area.dataset.editor] ?? languages.html)(),
        EditorState.readOnly.of(area.readOnly), theme,
        EditorView.contentAttributes.of({ tabindex: '0', 'aria-label': label?.textContent.trim() ?? 'Text', 'aria-multiline': 'true', ...(area.getAttribute('aria-invalid') ? { 'aria-invalid': 'true' } : {}) }),
        EditorView.updateListener.of(update => { if (update.docChanged) area.value = update.state.doc.toString(); }),
      ],
    }),
  });
  area.hidden = true;
  label?.addEventListener('click', () => view.focus());
  area.addEventListener('focus', () => view.focus());
}
