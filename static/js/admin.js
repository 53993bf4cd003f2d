// Names for what Django's admin leaves without one, so that a screen reader has something to say.
"use strict";

const words = document.currentScript.dataset;

function nameOf(select) {
  const label = document.querySelector(`label[for="${CSS.escape(select.id)}"]`);
  return select.getAttribute("aria-label") ?? label?.textContent.replace(/[:\s]+$/, "").trim() ?? "";
}

function nameAll() {
  // select2 shows what was chosen in a textbox of its own, beside the select that it replaces.
  for (const shown of document.querySelectorAll(".select2-selection__rendered[role=textbox]:not([aria-label])")) {
    const select = shown.closest(".select2-container").previousElementSibling;
    if (select?.matches("select")) shown.setAttribute("aria-label", nameOf(select));
  }
  for (const head of document.querySelectorAll("thead th:empty")) {
    const name = document.createElement("span");
    name.className = "visually-hidden";
    name.textContent = words.row;
    head.append(name);
  }
}

document.addEventListener("DOMContentLoaded", () => {
  nameAll();
  new MutationObserver(nameAll).observe(document.body, { childList: true, subtree: true });
});
