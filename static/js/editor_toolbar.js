// The row of buttons above an editor: one stop for Tab, the arrow keys inside it (ARIA's toolbar pattern).
import { askForLink } from "editor/link";

const COMMANDS = {
  bold: { run: (chain) => chain.toggleBold(), pressed: (editor) => editor.isActive("bold") },
  italic: { run: (chain) => chain.toggleItalic(), pressed: (editor) => editor.isActive("italic") },
  link: { ask: askForLink, pressed: (editor) => editor.isActive("link") },
  bulletList: { run: (chain) => chain.toggleBulletList(), pressed: (editor) => isIn(editor, "bulletList") },
  orderedList: { run: (chain) => chain.toggleOrderedList(), pressed: (editor) => isIn(editor, "orderedList") },
  indent: { run: (chain) => chain.indent(), possible: (editor) => editor.can().indent() },
  outdent: { run: (chain) => chain.outdent(), possible: (editor) => editor.can().outdent() },
  undo: { run: (chain) => chain.undo(), possible: (editor) => editor.can().undo() },
  redo: { run: (chain) => chain.redo(), possible: (editor) => editor.can().redo() },
};

/** Whether the innermost list at the cursor is of a kind: points inside numbers are points. */
function isIn(editor, kind) {
  const { $from } = editor.state.selection;
  for (let depth = $from.depth; depth > 0; depth -= 1) {
    const { name } = $from.node(depth).type;
    if (name === "bulletList" || name === "orderedList") return name === kind;
  }
  return false;
}

export function addToolbar(editor, frame) {
  const parts = document.getElementById("editor-parts").content;
  const toolbar = parts.querySelector(".editor-toolbar").cloneNode(true);
  const buttons = [...toolbar.querySelectorAll("[data-command]")];
  toolbar.setAttribute("aria-controls", editor.view.dom.id);
  toolbar.setAttribute("aria-label", `${toolbar.getAttribute("aria-label")}: ${editor.view.dom.ariaLabel}`);
  for (const button of buttons) {
    const { run, ask } = COMMANDS[button.dataset.command];
    button.addEventListener("mousedown", (event) => event.preventDefault()); // the selection stays
    button.addEventListener("click", (event) => {
      if (button.ariaDisabled === "true") return;
      if (ask) {
        ask(editor);
        return;
      }
      if (event.detail) editor.view.focus(); // pressed with the keyboard (no click count), it stays on the button
      run(editor.chain()).run();
    });
  }
  const show = () => buttons.forEach((button) => showState(editor, button));
  editor.on("transaction", show);
  editor.on("focus", show);
  show();
  makeOneStop(toolbar, buttons);
  frame.prepend(toolbar);
}

function showState(editor, button) {
  const { pressed, possible } = COMMANDS[button.dataset.command];
  if (pressed) button.ariaPressed = String(pressed(editor));
  if (possible) button.ariaDisabled = String(!possible(editor));
}

function makeOneStop(toolbar, buttons) {
  const moves = { ArrowRight: 1, ArrowLeft: -1, Home: -Infinity, End: Infinity };
  buttons[0].tabIndex = 0;
  toolbar.addEventListener("focusin", (event) => {
    for (const button of buttons) button.tabIndex = button === event.target ? 0 : -1;
  });
  toolbar.addEventListener("keydown", (event) => {
    if (!(event.key in moves)) return;
    event.preventDefault();
    const next = buttons.indexOf(document.activeElement) + moves[event.key];
    buttons[Math.min(Math.max(next, 0), buttons.length - 1)].focus();
  });
}
