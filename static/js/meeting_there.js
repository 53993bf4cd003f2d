// Who is at the meeting: each tick is saved at once, others' ticks and new members arrive, and a member who was missing
// is added without leaving the page. The server's answer is the page's own parts, each put in place by its id.
import { token } from "writing/token";

const place = document.getElementById("medlemmer");
const form = place.querySelector("form");
const refused = place.querySelector("[data-part=refused]");
const dialog = document.getElementById("moede-medlem");
const EVERY = 5000, PATIENCE = 10000;

const waiting = new Map(); // what was ticked and is not answered yet: person, present
let queue = Promise.resolve();
let isOver = false; // adopted or signed out: the writing tells it

class Refused extends Error {}

async function ask(body) {
  const answer = await fetch(place.dataset.address, {
    method: body ? "POST" : "GET",
    body,
    headers: { "HX-Request": "true" },
    redirect: "manual",
    signal: AbortSignal.timeout(PATIENCE),
  });
  if (answer.ok) return answer.text();
  if (answer.status >= 500) throw new Error(answer.status);
  isOver ||= answer.status === 410 || answer.status === 404;
  throw new Refused([409, 410].includes(answer.status) ? await answer.text() : place.dataset.reload);
}

// Only what differs is replaced, so that the focus and a press under way stay where they are.
function put(html) {
  const fresh = new DOMParser().parseFromString(html, "text/html");
  for (const part of fresh.querySelectorAll("[data-fresh]")) {
    const old = document.getElementById(part.id);
    if (!old || served(old) === served(part)) continue;
    const focused = old.contains(document.activeElement) ? document.activeElement.id : "";
    old.replaceChildren(...part.childNodes);
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  }
  showTicks();
}

// What the server wrote: the rest is marks of our own.
function served(part) {
  const copy = part.cloneNode(true);
  for (const one of copy.querySelectorAll("[data-shown], h2[tabindex]")) {
    one.removeAttribute("data-shown");
    if (one.matches("h2")) one.removeAttribute("tabindex");
  }
  return copy.innerHTML;
}

function boxes() {
  return form ? [...form.querySelectorAll("input[name=present]")] : [];
}

function showTicks() {
  for (const box of boxes()) box.checked = waiting.get(box.value) ?? box.defaultChecked;
}

async function refresh() {
  if (document.hidden || isOver || waiting.size) return;
  try {
    put(await ask());
  } catch { /* the next time */ }
}

async function send(person, isPresent) {
  const { writer } = document.getElementById("tekst").dataset;
  const body = new URLSearchParams({ person, writer, csrfmiddlewaretoken: token() });
  if (isPresent) body.set("present", person);
  try {
    const html = await ask(body);
    settle(person, isPresent);
    refused.textContent = "";
    put(html);
  } catch (error) {
    settle(person, isPresent);
    showTicks();
    refused.textContent = error instanceof Refused ? error.message : place.dataset.failed;
    await refresh(); // what is stored, where it can be heard
  }
}

// A newer tick of the same person is still on its way, and stands.
function settle(person, isPresent) {
  if (waiting.get(person) === isPresent) waiting.delete(person);
}

form?.addEventListener("change", (event) => {
  const box = event.target;
  if (box.name !== "present") return;
  const [person, isPresent] = [box.value, box.checked];
  waiting.set(person, isPresent);
  queue = queue.then(() => send(person, isPresent));
});

setInterval(refresh, EVERY);
document.addEventListener("visibilitychange", refresh);

// --- A member who was missing ---------------------------------------------------------------------

const error = dialog?.querySelector("[data-part=error]");

function fail() {
  error.textContent = dialog.dataset.failed;
}

function open(address) {
  error.textContent = "";
  dialog.showModal();
  if (dialog.querySelector("form")) return; // begun before: what was typed is there
  window.htmx.ajax("GET", address, { target: "#nyt-medlem", source: "#nyt-medlem" });
}

if (dialog) {
  form.addEventListener("click", (event) => {
    const link = event.target.closest("[data-does=add]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || !window.htmx) return;
    event.preventDefault();
    open(link.href);
  });
  dialog.addEventListener("click", (event) => {
    if (!event.target.closest(".form-buttons a")) return;
    event.preventDefault();
    dialog.close();
  });
  dialog.addEventListener("htmx:beforeRequest", () => { error.textContent = ""; });
  for (const failure of ["htmx:sendError", "htmx:timeout"]) dialog.addEventListener(failure, fail);
  dialog.addEventListener("htmx:responseError", (event) => {
    const said = event.detail.xhr;
    error.textContent = said.status === 410 ? said.responseText : dialog.dataset.failed;
  });
  dialog.addEventListener("htmx:afterSwap", () => {
    (dialog.querySelector("[data-announce]") ?? dialog.querySelector("input:not([type=hidden])"))?.focus();
  });
  document.addEventListener("meeting:joined", async () => {
    dialog.querySelector("#nyt-medlem").replaceChildren();
    dialog.close();
    document.getElementById("moede-siger").textContent = dialog.dataset.added;
    await refresh();
  });
}
