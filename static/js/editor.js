// Formatted text: each textarea with data-editor becomes an editor that knows only what a charter's text may
// hold. The textarea stays behind it and is what is sent. Labels and icons come from _editor_media.html.
import {
  Bold, BulletList, Document, Dropcursor, Editor, Extension, Gapcursor, HardBreak, History, InputRule, Italic,
  Link, ListItem, OrderedList, Paragraph, Text, wrappingInputRule,
} from "django-prose-editor/editor";
import { askForLink, isAllowed } from "editor/link";
import { pasting } from "editor/paste";
import { addToolbar } from "editor/toolbar";

const MAX_DEPTH = 8; // of points inside points, as on the server (charters/blocks.py)

// What is written is never under the row of buttons, nor under what the page says at its foot.
const COVERED = { top: 90, right: 0, left: 0, get bottom() { return Math.min(150, window.innerHeight / 4); } };
const ROOM = { scrollThreshold: COVERED, scrollMargin: COVERED };

const Links = Link.extend({
  addKeyboardShortcuts() {
    return { "Mod-k": ({ editor }) => askForLink(editor) };
  },
}).configure({
  enableTarget: false,
  defaultProtocol: "https",
  isAllowedUri: (address) => isAllowed(address),
  // "mødet.De" lacks a space; it is no address.
  shouldAutoLink: (address) => /^(https?:\/\/|www\.)|@/i.test(address),
});

const Numbers = OrderedList.extend({
  addInputRules() {
    return [wrappingInputRule({ find: /^1[.)]\s$/, type: this.type })];
  },
}).configure({ enableListAttributes: false });

// Tab is for Keys, below; the item's own would keep it after Escape too.
const Item = ListItem.extend({
  addKeyboardShortcuts: () => ({ Enter: ({ editor }) => editor.commands.splitListItem("listItem") }),
});

// A break that was pasted stays a break until it is saved as a paragraph; typed, Shift+Enter is Enter.
const Break = HardBreak.extend({ addKeyboardShortcuts: () => ({}) });

function depth(editor) {
  const { $from } = editor.state.selection;
  let found = 0;
  for (let level = $from.depth; level > 0; level -= 1) found += $from.node(level).type.name === "listItem";
  return found;
}

const isEmptyPoint = ({ selection: { empty, $from } }) =>
  empty && !$from.parent.content.size && $from.node(-1)?.type.name === "listItem" && $from.node(-1).childCount === 1;

/** Whether nothing follows the cursor's point in any of the lists it stands in. */
function endsTheList({ $from }) {
  for (let level = $from.depth - 1; level > 0; level -= 1) {
    if ($from.index(level) < $from.node(level).childCount - 1) return false;
  }
  return true;
}

/** Take the cursor's point away, with its list where it was alone in it; writing goes on in the line before. */
function removePoint({ tr }) {
  const { $from } = tr.selection;
  const item = $from.depth - 1;
  const gone = $from.node(item - 1).childCount > 1 ? item : item - 1;
  const start = $from.before(gone);
  tr.delete(start, $from.after(gone));
  tr.setSelection(tr.selection.constructor.near(tr.doc.resolve(start), -1)).scrollIntoView();
  return true;
}

/** Leave the list from an empty point: out of all lists at their end, so that no empty point is left behind. */
function leaveList(editor) {
  if (!isEmptyPoint(editor.state)) return false;
  const levels = depth(editor);
  if (levels > 1 && !endsTheList(editor.state.selection)) return editor.commands.command(removePoint);
  let leaving = editor.chain();
  for (let level = 0; level < levels; level += 1) leaving = leaving.liftListItem("listItem");
  return leaving.run();
}

/** Tab moves points in and out, except right after Escape: then it leaves the editor, as everywhere else. */
const Keys = Extension.create({
  name: "keys",
  priority: 1000,
  addStorage: () => ({ leaving: false }),
  addCommands() {
    return {
      indent: () => ({ editor, commands }) => depth(editor) < MAX_DEPTH && commands.sinkListItem("listItem"),
      outdent: () => ({ commands }) => commands.liftListItem("listItem"),
    };
  },
  addInputRules() {
    // Who types the mark of a point inside a point means the point.
    const handler = ({ range, chain }) => {
      if (!this.editor.isActive("listItem")) return null;
      return chain().deleteRange(range).run();
    };
    return [new InputRule({ find: /^[-*•]\s$/, handler })];
  },
  addKeyboardShortcuts() {
    const inList = (command) => ({ editor }) => {
      if (this.storage.leaving || !editor.isActive("listItem")) return false;
      editor.commands[command]();
      return true;
    };
    return {
      Backspace: ({ editor }) => leaveList(editor),
      Tab: inList("indent"),
      "Shift-Tab": inList("outdent"),
      "Shift-Enter": ({ editor }) => editor.commands.splitListItem("listItem") || editor.commands.splitBlock(),
    };
  },
});

/** What must be known of a key before the editor acts on it. */
function watchKeys(editor) {
  const storage = editor.storage.keys;
  editor.view.dom.addEventListener(
    "keydown",
    (event) => {
      // Where the last key moved the cursor is told with the next frame; a key that came before it would act where
      // the cursor was (Ctrl+End and Backspace, on a busy machine).
      if (!event.isComposing) editor.view.domObserver.onSelectionChange();
      // Right after it got the focus, the editor takes a cursor at the start for the browser's doing, and puts it
      // back; from the first key on, it is whoever presses that moves it (Ctrl+Home).
      editor.view.input.lastFocus = 0;
      if (event.key === "Escape") storage.leaving = true;
      else if (!["Tab", "Shift"].includes(event.key)) storage.leaving = false;
    },
    true,
  );
  editor.on("blur", () => { storage.leaving = false; });
}

/** What a screen reader is told of the editor: the textarea's own name, help and errors. */
function attributes(textarea) {
  const told = {
    id: `${textarea.id}-editor`,
    class: "editor-text",
    role: "textbox",
    "aria-multiline": "true",
    "aria-label": textarea.dataset.editorLabel,
    lang: "da",
    spellcheck: "true",
  };
  for (const name of ["aria-describedby", "aria-invalid"]) {
    if (textarea.hasAttribute(name)) told[name] = textarea.getAttribute(name);
  }
  return told;
}

/** Make an editor of a textarea; what others' words bring about is no writing, and no "input". */
export function openEditor(textarea) {
  const frame = document.createElement("div");
  frame.className = "editor";
  const editor = new Editor({
    element: frame,
    injectCSS: false, // the policy allows no inline style; editor.css has what is needed
    content: textarea.dataset.editor,
    extensions: [
      Document, Paragraph, Text, Bold, Italic, BulletList, Numbers, Item, Links, Break, History,
      Dropcursor, Gapcursor, Keys,
    ],
    editorProps: { ...ROOM, attributes: attributes(textarea), ...pasting(textarea, () => editor) },
    onUpdate({ transaction }) {
      textarea.value = editor.isEmpty ? "" : editor.getHTML();
      if (!transaction.getMeta("brought")) textarea.dispatchEvent(new Event("input", { bubbles: true }));
    },
  });
  textarea.value = editor.isEmpty ? "" : editor.getHTML(); // not what the browser may have kept over a reload: the base is new
  textarea.hidden = true;
  textarea.before(frame);
  watchKeys(editor);
  addToolbar(editor, frame);
  for (const label of textarea.labels) label.addEventListener("click", () => editor.view.focus());
  return editor;
}

/** At once: the editor's own command waits for the next frame, and the keys until then would be lost. */
export function focusStart(editor) {
  editor.commands.setTextSelection(0);
  editor.view.focus();
  editor.commands.scrollIntoView();
}

/** Make the editors of a new piece of the page; one opened in place has the focus where writing begins. */
function openAll(root) {
  const [editor] = [...root.querySelectorAll("textarea[data-editor]:not([hidden])")].map(openEditor);
  if (root === document || !editor || root.querySelector("[data-announce]")) return;
  const heading = root.querySelector("[name=heading]");
  if (heading && !heading.value) heading.focus();
  else focusStart(editor);
}

openAll(document);
document.addEventListener("htmx:load", (event) => {
  if (event.target !== document.body) openAll(event.target);
});

// A message that links to the field means the editor in front of it.
document.addEventListener("click", (event) => {
  const target = event.target.closest?.("a[href^='#']");
  const editor = target && document.getElementById(`${decodeURIComponent(target.hash.slice(1))}-editor`);
  if (!editor) return;
  event.preventDefault();
  editor.focus();
});
