// The one dialog that asks for a link's address.

let dialog;

export const isAllowed = (address) => /^(https?:\/\/\S|mailto:\S+@)/i.test(address);

/** What was typed as a whole address, or "" where it is none. */
function whole(typed) {
  const address = typed.trim();
  if (isAllowed(address)) return address;
  if (/^[^\s@:/]+@[^\s@]+\.[^\s@]+$/.test(address)) return `mailto:${address}`;
  return /^[^\s:@]+\.[^\s:@]{2,}$/.test(address) ? `https://${address}` : "";
}

function theDialog() {
  if (!dialog) {
    dialog = document.getElementById("editor-parts").content.querySelector("dialog").cloneNode(true);
    document.body.append(dialog);
  }
  return dialog;
}

/** Ask for the address of the selected words, of the link at the cursor, or of new words. */
export function askForLink(editor) {
  const asked = theDialog();
  const form = asked.querySelector("form");
  const error = asked.querySelector("[role=alert]");
  const part = (name) => asked.querySelector(`[data-part=${name}]`);
  const linked = editor.isActive("link");
  const fresh = editor.state.selection.empty && !linked;
  const complain = (text) => {
    error.textContent = text;
    form.address.ariaInvalid = String(Boolean(text));
  };
  form.reset();
  complain("");
  part("words").hidden = !fresh;
  part("remove").hidden = !linked;
  form.address.value = (editor.getAttributes("link").href || "").replace(/^mailto:/i, "");
  form.onsubmit = (event) => {
    event.preventDefault();
    const href = whole(form.address.value);
    if (!href) {
      complain(error.dataset.text);
      form.address.focus();
      return;
    }
    asked.close();
    editor.view.focus(); // at once, and not when the closing is told: the next key is text
    if (fresh) insertLink(editor, form.words.value.trim() || form.address.value.trim(), href);
    else editor.chain().extendMarkRange("link").setLink({ href }).run();
  };
  part("remove").onclick = () => {
    asked.close();
    editor.view.focus();
    editor.chain().extendMarkRange("link").unsetLink().run();
  };
  part("cancel").onclick = () => asked.close();
  asked.onclose = () => editor.view.focus();
  asked.showModal();
  (fresh ? form.words : form.address).focus();
  return true;
}

function insertLink(editor, words, href) {
  const link = { type: "text", text: words, marks: [{ type: "link", attrs: { href } }] };
  editor.chain().insertContent(link).unsetMark("link").run();
}
