// Pasting: the server makes of it what it would make of it when saved, Word's points among the rest. Where the
// server is not to be reached, the editor reads it as well as it can; nothing is lost, saving cleans it anyway.
// Lines that are pasted into a list become points of it.
import { token } from "writing/token";

const PATIENCE = 4000; // milliseconds

/** Only what has lines or blocks needs the server; a few words are pasted at once. */
const hasBlocks = (html, plain) =>
  html ? /<(p|div|li|br|tr|h[1-6]|blockquote|pre)[\s/>]/i.test(html) : /\n|^\s*([-*–•·]|\d+[.)])\s/.test(plain);

/** The piece that was copied, without the style sheets Word puts before it, and with Google's bold as bold. */
function copied(html) {
  const start = html.indexOf("<!--StartFragment-->");
  const end = html.lastIndexOf("<!--EndFragment-->");
  return (start >= 0 && end > start ? html.slice(start, end) : html)
    .replace(/<b\b[^>]*font-weight:\s*normal[^>]*>/gi, "<span>")
    .replace(/<span\b[^>]*font-weight:\s*(?:bold|[6-9]00)[^>]*>([^<]*)<\/span>/gi, "<strong>$1</strong>")
    .replace(/<span\b[^>]*font-style:\s*italic[^>]*>([^<]*)<\/span>/gi, "<em>$1</em>");
}

/** The same without styles, for the editor to read: the content policy complains of each. */
function withoutStyles(html) {
  const style = /\sstyle\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)/gi;
  return html.replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(style, ""));
}

/** Lines as paragraphs, each with its own words. */
function lines(plain) {
  const found = document.createElement("div");
  for (const line of plain.split(/\r?\n/)) {
    const words = line.replace(/^\s*([-*•·–]|\d+[.)])\s+/, "").trim();
    if (words) found.append(Object.assign(document.createElement("p"), { textContent: words }));
  }
  return found.innerHTML;
}

/** Paragraphs and nothing else become points, where they are pasted among points. */
function asPoints(html, editor) {
  const { body } = new DOMParser().parseFromString(html, "text/html");
  const blocks = [...body.children];
  const areLines = blocks.length > 1 && blocks.every((block) => block.matches("p"));
  if (!areLines || !editor.isActive("listItem")) return html;
  return `<ul>${blocks.map((block) => `<li>${block.outerHTML}</li>`).join("")}</ul>`;
}

async function cleaned(textarea, text) {
  const body = new URLSearchParams({ text, csrfmiddlewaretoken: token() });
  const signal = AbortSignal.timeout(PATIENCE);
  const answer = await fetch(textarea.dataset.editorPaste, { method: "POST", body, signal });
  if (!answer.ok || answer.redirected) throw new Error(`Not cleaned: ${answer.status}`);
  return (await answer.json()).html;
}

/** Follow the place in the text while others things happen to it. */
function follow(editor) {
  let place = editor.state.selection.getBookmark();
  const map = ({ transaction }) => { place = place.map(transaction.mapping); };
  editor.on("transaction", map);
  return () => {
    editor.off("transaction", map);
    return place.resolve(editor.state.doc);
  };
}

/** The editor's properties for pasting; ``theEditor`` gives the editor once it exists. */
export function pasting(textarea, theEditor) {
  let inserting = false;

  async function paste(html, plain) {
    const place = follow(theEditor());
    textarea.dataset.waiting = "";
    const clean = await cleaned(textarea, html || plain).catch(() => "");
    delete textarea.dataset.waiting;
    const editor = theEditor();
    if (editor.isDestroyed) return;
    editor.view.dispatch(editor.state.tr.setSelection(place()));
    inserting = true;
    editor.view.pasteHTML(asPoints(clean || withoutStyles(html) || lines(plain), editor));
    inserting = false;
    textarea.dispatchEvent(new Event("editor:pasted", { bubbles: true }));
  }

  return {
    transformPastedHTML: (html) => withoutStyles(copied(html)),
    handlePaste(_view, event) {
      const data = event.clipboardData;
      if (inserting || !data) return false;
      const html = data.getData("text/html");
      const plain = data.getData("text/plain");
      if (html.includes("data-pm-slice") || !hasBlocks(html, plain)) return false;
      paste(html && copied(html), plain);
      return true;
    },
  };
}
