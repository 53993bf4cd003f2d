// Saving without losing a word: what is not saved is remembered, a failed save says so and can be sent again.
// For forms with a button; a group's draft saves by itself (writing.js).
import { token } from "writing/token";

const FORM = "form[data-writing]";
const writing = (element) => element?.closest?.(FORM);
const unsaved = () => [...document.querySelectorAll(`${FORM}[data-unsaved]`)];

// --- What is not saved (marked in site.js, which asks before it is left) ---------------------------

/** Whether the writer gives up what the form holds, asked only where there is something to lose. */
function givesUp(form) {
  return !("unsaved" in form.dataset) || confirm(document.getElementById("editor-parts").dataset.discard);
}

document.addEventListener("htmx:confirm", (event) => {
  const form = writing(event.target);
  if (event.target.matches("[data-cancel]") && form && !givesUp(form)) event.preventDefault();
});
document.addEventListener("click", (event) => {
  const form = event.target.closest("[data-close]") && writing(event.target);
  if (!form || !givesUp(form)) return;
  form.closest(".section").remove();
  document.querySelector(".section-add a")?.focus();
});

// --- Saving ---------------------------------------------------------------------------------------

document.addEventListener("keydown", (event) => {
  if (event.key.toLowerCase() !== "s" || !(event.ctrlKey || event.metaKey) || event.altKey) return;
  if (!document.querySelector(FORM)) return;
  event.preventDefault();
  const here = writing(document.activeElement);
  for (const form of here ? [here] : unsaved()) form.requestSubmit();
});

// What is being pasted belongs to what is saved.
document.addEventListener("htmx:confirm", (event) => {
  if (!event.target.matches(FORM) || !event.target.querySelector("[data-waiting]")) return;
  event.preventDefault();
  event.target.addEventListener("editor:pasted", () => event.detail.issueRequest(), { once: true });
});

document.addEventListener("htmx:configRequest", (event) => {
  if (token() && event.detail.verb === "post") event.detail.parameters.csrfmiddlewaretoken = token();
});

const REASONS = { 400: "tooLong", 413: "tooLong", 403: "refused", 404: "gone" };

function say(form, reason) {
  const place = form.querySelector(".save-state");
  place.textContent = reason ? place.dataset[reason] : "";
  if (reason) place.scrollIntoView({ block: "nearest" });
}

/** Whether the answer is another page than the one asked for: the sign-in page, after two idle weeks. */
function isElsewhere({ xhr, pathInfo }) {
  const asked = new URL(pathInfo.finalRequestPath, location).pathname;
  return Boolean(xhr.responseURL) && new URL(xhr.responseURL).pathname !== asked;
}

document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.target.matches(FORM)) say(event.target, "");
});
document.addEventListener("htmx:beforeOnLoad", (event) => {
  const { xhr } = event.detail;
  const form = event.target.matches(FORM) ? event.target : null;
  if (isElsewhere(event.detail)) {
    event.preventDefault();
    if (form) say(form, "signedOut");
    else location.assign(xhr.responseURL);
  } else if (form && xhr.status < 300) {
    delete form.dataset.unsaved;
  }
});
for (const failure of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
  document.addEventListener(failure, (event) => {
    const form = event.target.matches(FORM);
    if (form) say(event.target, REASONS[event.detail.xhr?.status] ?? "failed");
    else sayBeside(event.target, event.detail.xhr?.status);
  });
}

/** A press that came to nothing (open, move, take out) is answered where it was made. */
function sayBeside(pressed, status) {
  const place = pressed.closest(".section, .section-add, .section-open");
  if (!place) return;
  const said = document.createElement("p");
  said.className = "save-state";
  said.role = "alert";
  place.append(said);
  const { failed, offline } = document.getElementById("editor-parts").dataset;
  said.textContent = status && navigator.onLine ? failed : offline;
}

function unsay() {
  for (const said of document.querySelectorAll("p.save-state")) said.remove();
}
document.addEventListener("htmx:beforeRequest", unsay);
window.addEventListener("online", unsay);
