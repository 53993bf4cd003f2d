// Small comforts on every page; each page works without them.
"use strict";

// A form that came back with errors: the summary takes the focus, so that it is read out first.
document.querySelector("[data-announce]")?.focus();

// Escape closes the phone's menu and gives the focus back to its button.
document.addEventListener("keydown", (event) => {
  const menu = document.querySelector(".site-menu[open]");
  if (event.key !== "Escape" || !menu) return;
  menu.removeAttribute("open");
  menu.querySelector("summary").focus();
});

// A button that was pressed waits for its answer: an impatient second press sends nothing.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "true";
  setTimeout(() => delete form.dataset.sent, 5000);
});

// The same for a form that came back into the page.
document.addEventListener("htmx:load", (event) => event.target.querySelector?.("[data-announce]")?.focus());

// What was typed in a form that is saved with its button is not left by accident. What a page of ours sends for
// itself ([data-writing], editor_saving.js) is unsaved until it was answered; any other form goes as a whole.
const GUARDED = "form[data-writing], form[data-guard]";
for (const happening of ["input", "change"]) {
  document.addEventListener(happening, (event) => {
    event.target.closest?.(GUARDED)?.setAttribute("data-unsaved", "");
  });
}
document.addEventListener("submit", (event) => {
  if (event.target.matches("[data-guard]")) event.target.removeAttribute("data-unsaved");
});
window.addEventListener("beforeunload", (event) => {
  if (document.querySelector("form[data-unsaved]")) event.preventDefault();
});
