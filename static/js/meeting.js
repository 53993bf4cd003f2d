// The meeting view: one step at a time or the whole text, by buttons and by keys. The steps are read from the page each
// time they are needed, never remembered: others add, move and remove sections while it is open, and js of the writing
// puts new ones in their place.

const meeting = document.querySelector(".meeting");
const text = document.getElementById("tekst");
const [head, end] = meeting.querySelectorAll(".meeting-step");
const stepList = meeting.querySelector(".meeting-steps ol");
const where = meeting.querySelector("[data-part=where]");
const keys = document.getElementById("moede-taster");
const letters = document.getElementById("moede-bogstaver");
const WHOLE = "os2:moede:hele", LETTERS = "os2:moede:bogstaver";

let current = "hoved"; // the id of the step that is shown
let place = 0; // and where it was last seen, for when it is no more

const button = (name) => meeting.querySelector(`[data-does=${name}]`);
const SECTION = "section[id^=afsnit-]";
const sections = () => [...text.querySelectorAll(`:scope > ${SECTION}`)];
const sectionOf = (element) => element?.closest?.(`#tekst > ${SECTION}`);
const steps = () => [head, ...sections(), end];
const isWhole = () => meeting.dataset.mode === "all";

// Storage may be shut off; then nothing is remembered.
function remembered(storage, key) {
  try { return window[storage].getItem(key); } catch { return null; }
}
function remember(storage, key, value) {
  try { window[storage].setItem(key, value); } catch { /* as above */ }
}

function titleOf(step) {
  const field = step.querySelector("input[name=heading]");
  return (step.querySelector("h2")?.textContent || field?.value || "").trim();
}

// The element with the current id: also a section that was taken out and can be put back where it stood.
function shown() {
  return steps().find((step) => step.id === current)
    ?? text.querySelector(`:scope > #${CSS.escape(current)}`);
}

function inWords(step) {
  if (step === head || step === end) return titleOf(step);
  const all = sections(), n = all.indexOf(step) + 1;
  if (!n) return meeting.dataset.removed;
  const words = { n, all: all.length, title: titleOf(step) };
  return meeting.dataset.sectionOf.replace(/\{(\w+)\}/g, (_, word) => words[word]);
}

function stepOf(id) {
  const target = id && document.getElementById(id);
  if (!target || !meeting.contains(target)) return null;
  if (target === text) return sections()[0] ?? end;
  return steps().find((step) => step.contains(target)) ?? end;
}

// --- What is shown ------------------------------------------------------------------------------

// Marks the current step and nothing else. With the last section stands also what is in the text without being a
// section of it: "Tilføj afsnit", a section that is being added, those that were taken out.
function mark() {
  const step = shown(), isLast = step === (sections().at(-1) ?? end);
  for (const each of [head, end]) each.toggleAttribute("data-shown", each === step);
  for (const each of text.children) {
    const isLoose = !each.matches(`${SECTION}, .section-removed`);
    each.toggleAttribute("data-shown", each === step || (isLoose && isLast));
  }
}

// After a change of the page: keep to the step, or to its place when it is gone.
function follow() {
  const all = steps();
  const writing = sectionOf(document.activeElement);
  if (writing && !isWhole()) current = writing.id; // what one writes in is not hidden from one
  if (!shown()) current = all[Math.min(place, all.length - 1)].id;
  settle();
}

function settle() {
  const index = steps().findIndex((step) => step.id === current);
  if (index >= 0) place = index;
  mark();
  tell();
}

function tell() {
  const step = shown(), all = steps();
  const words = inWords(step);
  if (where.textContent !== words) where.textContent = words;
  button("back").setAttribute("aria-disabled", String(step === head));
  button("next").setAttribute("aria-disabled", String(step === end));
  button("close").hash = step === end ? "mangler" : current;
  listSteps(all, step);
}

function unfilled() {
  const links = document.querySelectorAll("#mangler [data-unfilled] a");
  return new Set([...links].map((link) => stepOf(link.hash.slice(1))));
}

function listSteps(all, step) {
  const missing = unfilled();
  const items = all.map((each) => [each.id, titleOf(each), markOf(each, missing), each === step]);
  const signature = JSON.stringify(items);
  if (stepList.dataset.shows === signature) return;
  const focused = document.activeElement?.closest?.(".meeting-steps a")?.hash;
  stepList.dataset.shows = signature;
  // The links stay where they are: a press that is under way meets the one it began on.
  while (stepList.children.length > items.length) stepList.lastElementChild.remove();
  while (stepList.children.length < items.length) stepList.append(document.createElement("li"));
  items.forEach((one, n) => fill(stepList.children[n], one));
  if (focused) [...stepList.querySelectorAll("a")].find((link) => link.hash === focused)?.focus();
}

// What there is to see to in a step that is out of sight.
function markOf(step, missing) {
  const { twoTexts, openNow, missing: lacks } = meeting.dataset;
  if (step.querySelector("[data-choose]")) return twoTexts;
  if (missing.has(step) && step !== end) return lacks;
  return step.matches(".section-open") ? openNow : "";
}

function fill(line, [id, title, mark, isCurrent]) {
  const link = line.firstElementChild ?? line.appendChild(document.createElement("a"));
  link.href = `#${id}`;
  link.replaceChildren(title);
  if (isCurrent) link.setAttribute("aria-current", "step");
  else link.removeAttribute("aria-current");
  if (!mark) return;
  const word = document.createElement("span");
  word.className = "meeting-mark";
  word.textContent = mark;
  link.append(" ", word);
}

// --- Moving on ----------------------------------------------------------------------------------

function go(step, { at = step } = {}) {
  current = step.id;
  history.replaceState(history.state, "", `#${at.id || current}`);
  settle();
  document.getElementById("moede-siger").textContent = inWords(step);
  const heading = step.querySelector("h2");
  const start = heading?.checkVisibility() ? heading : step; // a section that is written hides its heading
  start.tabIndex = -1;
  start.focus({ preventScroll: true });
  if (at !== step || isWhole()) at.scrollIntoView({ behavior: "instant" });
  else window.scrollTo({ top: 0, behavior: "instant" });
}

function move(by) {
  const all = steps();
  const index = all.findIndex((step) => step.id === current);
  const target = index < 0 ? place - (by < 0 ? 1 : 0) : index + by;
  if (all[target]) go(all[target]);
}

// A step longer than the window is read to its end first, and back from there.
function page(by) {
  const below = document.documentElement.scrollHeight - window.innerHeight - window.scrollY;
  const left = by > 0 ? below : window.scrollY;
  if (left > 8) window.scrollBy({ top: by * window.innerHeight * 0.8, behavior: "instant" });
  else move(by);
}

function showWhole(whole) {
  meeting.dataset.mode = whole ? "all" : "one";
  remember("sessionStorage", WHOLE, whole ? "1" : "");
  swapWords(button("whole"), whole);
  mark();
}

// A button that says what pressing it does now.
function swapWords(on, isOther) {
  on.dataset.first ??= on.textContent;
  on.textContent = isOther ? on.dataset.other : on.dataset.first;
}

function toggleScreen() {
  if (!document.fullscreenEnabled) return;
  if (document.fullscreenElement) document.exitFullscreen();
  else document.documentElement.requestFullscreen().catch(() => {});
}

// --- Keys ---------------------------------------------------------------------------------------

// Whether a key is free for us where the focus is: not where one writes, nor Space where it presses or ticks.
function isFree(event) {
  const at = event.target;
  if (event.isComposing || document.querySelector("dialog[open]")) return false;
  if (at.isContentEditable || at.closest?.("textarea, select, input:not([type=checkbox]), [role=toolbar]")) return false;
  return event.key !== " " || !at.closest?.("button, summary, input");
}

const always = { ArrowRight: () => move(1), ArrowLeft: () => move(-1) };
const oneAtATime = {
  PageDown: () => page(1),
  PageUp: () => page(-1),
  " ": (event) => page(event.shiftKey ? -1 : 1),
  Home: () => go(head),
  End: () => go(end),
};
const byLetter = {
  e: () => shown().querySelector("[data-open]")?.click(),
  f: toggleScreen,
  "?": () => keys.showModal(),
};

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || !isFree(event)) return;
  const act = always[event.key]
    ?? (isWhole() ? null : oneAtATime[event.key])
    ?? (letters.checked && !event.repeat ? byLetter[event.key.toLowerCase()] : null);
  if (!act) return;
  event.preventDefault();
  act(event);
});

// --- Buttons and links --------------------------------------------------------------------------

const presses = {
  back: () => move(-1),
  next: () => move(1),
  whole: () => { showWhole(!isWhole()); go(shown()); },
  screen: toggleScreen,
  keys: () => keys.showModal(),
};

meeting.addEventListener("click", (event) => {
  const pressed = event.target.closest("button[data-does]");
  if (pressed) presses[pressed.dataset.does]?.();
  const link = event.target.closest("a[href^='#']");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const step = stepOf(link.hash.slice(1));
  if (!step) return;
  event.preventDefault();
  go(step, { at: document.getElementById(link.hash.slice(1)) ?? step });
});

window.addEventListener("hashchange", () => {
  const step = stepOf(location.hash.slice(1));
  if (step && step.id !== current) go(step);
});

document.addEventListener("fullscreenchange", () => swapWords(button("screen"), !!document.fullscreenElement));

letters.checked = remembered("localStorage", LETTERS) !== "0";
letters.addEventListener("change", () => remember("localStorage", LETTERS, letters.checked ? "1" : "0"));

// In the whole text the step is the one that is being read.
let isReading = false;
window.addEventListener("scroll", () => {
  if (!isWhole() || isReading) return;
  isReading = true;
  requestAnimationFrame(() => {
    isReading = false;
    const read = steps().filter((step) => step.getBoundingClientRect().top < window.innerHeight / 3).pop() ?? head;
    if (read.id === current) return;
    current = read.id;
    history.replaceState(history.state, "", `#${current}`);
    settle();
  });
}, { passive: true });

// --- The page changes while it is open -----------------------------------------------------------

// A new section takes the place of the form it was written in; those that others add do not.
function whatWasAddedHere(changes) {
  const wasForm = changes.some((change) => [...change.removedNodes].some((node) => node.id === "nyt-afsnit"));
  return wasForm && changes.flatMap((change) => [...change.addedNodes]).find((node) => node.matches?.(SECTION));
}

// A section that takes another's place is shown before it is drawn; the words can wait until typing rests.
let isDue = 0;
new MutationObserver((changes) => {
  const inText = changes.filter((change) => change.target === text && change.type === "childList");
  const added = whatWasAddedHere(inText);
  if (added) go(added);
  else if (inText.length) follow();
  clearTimeout(isDue);
  isDue = setTimeout(tell, 200);
}).observe(meeting.querySelector(".meeting-text"), { childList: true, characterData: true, subtree: true });

document.addEventListener("focusin", (event) => {
  const section = sectionOf(event.target);
  if (section && section.id !== current && !isWhole()) follow();
});

for (const name of ["whole", "keys"]) button(name).hidden = false;
button("screen").hidden = !document.fullscreenEnabled;
meeting.querySelector(".meeting-foot").hidden = false;
showWhole(remembered("sessionStorage", WHOLE) === "1");
current = stepOf(location.hash.slice(1))?.id ?? "hoved";
follow();
if (isWhole()) shown().scrollIntoView({ behavior: "instant" });
else window.scrollTo({ top: 0, behavior: "instant" });
