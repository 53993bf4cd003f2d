// The page of a draft that is written together: opening and closing sections, saving by itself, hearing what others
// do, and keeping what no server has. Everything hangs on #tekst and [data-section]; where they stand on the page
// is the page's own affair.
import { Keeping } from "writing/keeping";
import { showLost } from "writing/lost";
import { known, showChanges, showReview } from "writing/news";
import { showPresent } from "writing/present";
import { Pulse } from "writing/pulse";
import { SectionEditor } from "writing/section_editor";
import { steady } from "writing/steady";
import { nameThisWindow } from "writing/this_window";
import { announce, link, words } from "writing/words";

const text = document.getElementById("tekst");
const { writer, charter, signIn } = text.dataset;
const name = nameThisWindow();
const keeping = new Keeping({ writer, charter, key: text.dataset.keepKey, window: name });
const open = new Map(); // by section: the editors
let seen = text.dataset.seen; // the revision of the whole text that the page shows
let here = ""; // the section the writer is in
let window_ = "";
let failures = 0; // pulses in a row without an answer
let present = null; // what was last heard of who is here

const editors = () => [...open.values()];

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
    pulse.soon();
  },
  saved({ review, seen: { before, now } = {} }) {
    if (Number(seen) === before) seen = now;
    steady(() => showReview(review));
  },
  over(editor) {
    showLost(editor.section, editor.text(), { discard: () => keeping.forget(editor.pk) });
  },
};

function openSection(section, { kept = null, focus = true } = {}) {
  const editor = open.get(section.dataset.section) ?? new SectionEditor(section, page, { kept });
  open.set(editor.pk, editor);
  if (!focus) return;
  editor.focus();
  pulse.soon();
}

document.addEventListener("click", async (event) => {
  const opener = event.target.closest("[data-open]");
  if (!opener || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  await restored;
  openSection(opener.closest("[data-section]"));
});

document.addEventListener("keydown", (event) => {
  if (event.key.toLowerCase() !== "s" || !(event.ctrlKey || event.metaKey) || event.altKey || !open.size) return;
  event.preventDefault();
  for (const { writer: section } of editors()) section.flush();
});

// --- The pulse ---------------------------------------------------------------------------------------

const pulse = new Pulse({
  url: text.dataset.pulse,
  fields: () => ({ writer, window: window_, section: here, hidden: document.hidden ? "1" : "", seen, known: known(open) }),
  heard,
});

function heard(status, answer) {
  failures = status ? 0 : failures + 1;
  if (status === 200) {
    if (showBanner("")) for (const editor of editors()) editor.writer.retry();
    if (answer.changes) showChanges(answer.changes, open);
    if (answer.changes) seen = answer.revision;
    present = answer;
    steady(() => showPresent(present, { here }));
  } else if (status === 401) {
    showBanner(answer.reason, answer.reason === "signed_out" ? link(words("sign_in"), signIn, { beside: true }) : "");
  } else if (status === 410) {
    pulse.stop();
    showBanner("over", link(words("go_on"), answer.url), answer.message);
  } else if (status === 404 || status === 403) {
    showBanner("refused");
  } else if (failures > 1 || !navigator.onLine) {
    showBanner("offline"); // one lost answer is nothing to tell of
  }
}

/** Which open section the writer is in: where the focus is, or was last. */
function whereAmI() {
  const section = document.activeElement?.closest("[data-section]")?.dataset.section;
  const before = here;
  if (open.has(section)) here = section;
  else if (!open.has(here)) here = "";
  if (here === before) return;
  if (present) steady(() => showPresent(present, { here }));
  pulse.soon();
}

document.addEventListener("focusin", whereAmI);

// --- What the page says at its foot --------------------------------------------------------------------

/** Answers whether it said something else before. */
function showBanner(state, more = "", said = "") {
  const banner = document.querySelector("[data-banner]");
  if ((banner.dataset.state ?? "") === state) return false;
  const before = banner.dataset.state;
  banner.dataset.state = state;
  banner.hidden = !state;
  banner.replaceChildren(...(state ? [said || words(`banner_${state}`), " ", more] : []));
  if (state) announce(banner.textContent.trim());
  else if (before) announce(words("back"));
  return true;
}

// --- Leaving, and coming back ------------------------------------------------------------------------

window.addEventListener("offline", () => showBanner("offline"));
window.addEventListener("online", () => pulse.soon());
window.addEventListener("pageshow", (event) => {
  if (event.persisted) pulse.soon();
});
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) {
    for (const editor of editors()) editor.writer.retry();
  } else {
    for (const { writer: section } of editors()) section.keep();
    for (const { writer: section } of editors()) section.save();
  }
  pulse.soon();
});
window.addEventListener("beforeunload", (event) => {
  if (editors().some((editor) => !editor.writer.isSafe)) event.preventDefault();
});
window.addEventListener("pagehide", () => {
  for (const { writer: section } of editors()) section.save({ leaving: true });
  pulse.leave();
});

/** What was kept when this window, or another that is gone, last closed: open it, send it, or show it. */
async function restore() {
  window_ = await name;
  const kept = await keeping.found();
  for (const found of kept) {
    const section = text.querySelector(`[data-section="${found.section}"]`);
    if (section) {
      await keeping.adopt(found);
      openSection(section, { kept: found.record, focus: false });
    } else {
      showLost(document.querySelector("[data-lost]"), found.record, { discard: () => keeping.discard(found) });
    }
  }
  if (kept.length) announce(words("restored"));
  pulse.soon();
}

const restored = restore();
