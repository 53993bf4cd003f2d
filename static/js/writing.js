// The page of a draft that is written together: opening and closing sections, saving by itself, hearing what others
// do, and keeping what no server has. Everything hangs on #tekst and [data-section]; where they stand on the page
// is the page's own affair.
import { Keeping } from "writing/keeping";
import { Listening } from "writing/listening";
import { showLost } from "writing/lost";
import { SectionEditor } from "writing/section_editor";
import { post } from "writing/server";
import { nameThisWindow } from "writing/this_window";
import { announce, words } from "writing/words";

const text = document.getElementById("tekst");
const { writer, charter, draft, signIn } = text.dataset;
const name = nameThisWindow();
const keeping = new Keeping({ writer, charter, key: text.dataset.keepKey, window: name });
const open = new Map(); // by section: the editors
let here = ""; // the section the writer is in

const editors = () => [...open.values()];
const saveAll = () => Promise.all(editors().map(({ writer: section }) => section.flush()));
const listening = new Listening({
  open,
  here: () => here,
  back(how) {
    for (const editor of editors()) editor.writer.retry(how);
  },
});

// --- Opening and closing ---------------------------------------------------------------------------

const page = {
  keeping,
  writer,
  signIn,
  closed(editor) {
    open.delete(editor.pk);
    whereAmI();
  },
  left(editor) {
    editor.section.remove();
    text.focus();
    listening.soon();
  },
  saved: (answer) => listening.saved(answer),
  over(editor) {
    showLost(editor.section, { section: editor.pk, record: editor.text() }, { discard: () => keeping.forget(editor.pk) });
  },
};

function openSection(section, { kept = null, focus = true } = {}) {
  const editor = open.get(section.dataset.section) ?? new SectionEditor(section, page, { kept });
  open.set(editor.pk, editor);
  if (!focus) return;
  editor.focus();
  listening.soon();
}

document.addEventListener("click", async (event) => {
  const opener = event.target.closest("[data-open]");
  if (!opener || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  await restored;
  openSection(opener.closest("[data-section]"));
});

// A section that was just given its heading is opened to be written.
document.addEventListener("htmx:load", ({ target }) => {
  if (!("added" in (target.dataset ?? {}))) return;
  delete target.dataset.added;
  openSection(target);
});
document.addEventListener("keydown", (event) => {
  if (event.key.toLowerCase() !== "s" || !(event.ctrlKey || event.metaKey) || event.altKey || !open.size) return;
  event.preventDefault();
  saveAll();
});

/** Which open section the writer is in: where the focus is, or was last. */
function whereAmI() {
  const section = document.activeElement?.closest("[data-section]")?.dataset.section;
  const before = here;
  if (open.has(section)) here = section;
  else if (!open.has(here)) here = "";
  if (here === before) return;
  listening.moved();
}

document.addEventListener("focusin", whereAmI);

// --- Leaving, and coming back ------------------------------------------------------------------------

const A_WHILE = 3000; // milliseconds that a link waits for what was typed; it is kept in the browser anyway

/** The page that a link leads to, the draft's PDF or its adoption, must have what was typed just before. */
document.addEventListener("click", async (event) => {
  const follows = event.target.closest("a[href]");
  if (!follows || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const leads = new URL(follows.href, location);
  if (follows.target || leads.origin !== location.origin || (leads.hash && leads.pathname === location.pathname)) return;
  if (editors().every(({ writer: section }) => section.isSaved)) return;
  event.preventDefault();
  await Promise.race([saveAll(), new Promise((done) => { setTimeout(done, A_WHILE); })]);
  location.assign(leads);
});

document.addEventListener("visibilitychange", () => {
  if (!document.hidden) {
    for (const editor of editors()) editor.writer.retry();
  } else {
    for (const { writer: section } of editors()) section.keep();
    for (const { writer: section } of editors()) section.save();
  }
});
window.addEventListener("beforeunload", (event) => {
  if (editors().some((editor) => !editor.writer.isSafe)) event.preventDefault();
});
window.addEventListener("pagehide", () => {
  for (const { writer: section } of editors()) section.save({ leaving: true });
});

/** What was kept when this window, or another that is gone, last closed: open it, send it, or show it. */
async function restore() {
  const kept = await keeping.found();
  for (const found of kept) {
    const section = text.querySelector(`[data-section="${found.section}"]`);
    if (open.has(found.section)) {
      open.get(found.section).writer.wait(found);
    } else if (section) {
      await keeping.adopt(found);
      openSection(section, { kept: found.record, focus: false });
    } else {
      lose(found);
    }
  }
  if (kept.length) announce(words("restored"));
  listening.start(await name);
}

/** A text whose section is not in the draft any more; where it was only taken out, its history takes the text. */
async function lose(found) {
  const { heading, body, base } = found.record;
  const save = { writer, heading, body, base, key: crypto.randomUUID(), put_back: "" };
  const { status } = await post(`${draft}afsnit/${found.section}/gem/`, save);
  const why = [200, 409].includes(status) ? words("lost_kept") : "";
  showLost(document.querySelector("[data-lost]"), found, { why, discard: () => keeping.discard(found) });
}

const restored = restore();
