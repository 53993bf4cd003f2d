// What others did to the text, put into the page: new words, another order, sections that came or went.
import { markEnds, putInOrder } from "writing/order";
import { steady } from "writing/steady";

const text = document.getElementById("tekst");
const at = (pk) => text.querySelector(`[data-section="${pk}"]`);

/** The revision that the page shows of each section. */
export function known(open) {
  const shown = [...text.querySelectorAll("[data-section]")];
  return shown.map(({ dataset: { section, revision } }) => `${section}:${open.get(section)?.writer.base ?? revision}`).join();
}

export function showReview(html) {
  const old = document.getElementById("mangler");
  if (!old || !html) return;
  const fresh = element(html);
  if (fresh.innerHTML === old.innerHTML) return;
  const focused = old.contains(document.activeElement) && document.activeElement.getAttribute("href");
  old.replaceWith(fresh);
  if (focused) (fresh.querySelector(`a[href="${focused}"]`) ?? document.getElementById("tekst")).focus();
}

export function showChanges({ order, sections, removed_html, review }, open) {
  steady(() => {
    for (const [pk, news] of Object.entries(sections)) showSection(pk, news, open);
    const standing = order.map((pk) => at(pk)).filter(Boolean);
    const focused = document.activeElement?.closest("[data-section]");
    const [first] = open.values();
    if (standing.length) place(standing, focused ?? first?.section);
    for (const gone of [...text.querySelectorAll("[data-section]")]) {
      const isOut = !order.includes(Number(gone.dataset.section));
      const writing = open.get(gone.dataset.section);
      if (writing) writing.takenOut(isOut);
      else if (isOut) takeAway(gone);
    }
    showRemoved(removed_html);
    showReview(review);
    markEnds();
  });
}

function showSection(pk, news, open) {
  const section = at(pk);
  const writing = open.get(pk);
  if (writing) {
    writing.writer.hear(news);
    return;
  }
  if (section && Number(section.dataset.revision) >= news.revision) return;
  const fresh = element(news.html);
  if (section) replace(section, fresh);
  else bringIn(fresh);
  window.htmx?.process(fresh);
}

/** A section that was here as taken out is put back in its place; a new one comes last until it is put in order. */
function bringIn(fresh) {
  const waiting = text.querySelector(`:scope > .section-removed[id="${fresh.id}"]`);
  if (waiting) replace(waiting, fresh);
  else text.insertBefore(fresh, text.querySelector(":scope > .section-add"));
  fresh.classList.add("section-news");
}

function replace(old, fresh) {
  const focused = old.contains(document.activeElement) ? document.activeElement : null;
  const label = focused?.getAttribute("aria-label");
  old.replaceWith(fresh);
  fresh.classList.add("section-news");
  if (!focused) return;
  const button = label && [...fresh.querySelectorAll("button")].find((one) => one.ariaLabel === label);
  (button || fresh.querySelector("[data-open]") || fresh).focus({ preventScroll: true });
}

function takeAway(section) {
  const hadFocus = section.contains(document.activeElement);
  const next = section.nextElementSibling;
  section.remove();
  if (hadFocus) (next?.querySelector("[data-open]") ?? text).focus({ preventScroll: true });
}

/** Moves swap places, so that the places are the same ones in another order. */
function place(standing, around) {
  putInOrder(standing, { around });
  const seen = standing.map((section) => section.querySelector("[name=seen_at]")).filter(Boolean);
  const places = seen.map((field) => Number(field.value)).sort((a, b) => a - b);
  seen.forEach((field, index) => { field.value = places[index]; });
}

/** The list of what is taken out; what was taken out here stands in its own place, and not twice. */
function showRemoved(html) {
  const old = document.getElementById("udtagne");
  const fresh = html.trim() ? element(html) : null;
  for (const here of text.querySelectorAll(":scope > .section-removed")) {
    fresh?.querySelector(`li[id="${here.id}"]`)?.remove();
  }
  const isThere = fresh?.querySelector("li");
  if (old?.innerHTML === fresh?.innerHTML || old?.contains(document.activeElement)) return;
  old?.remove();
  if (isThere) text.append(fresh);
}

function element(html) {
  const holder = document.createElement("template");
  holder.innerHTML = html.trim();
  return holder.content.firstElementChild;
}
