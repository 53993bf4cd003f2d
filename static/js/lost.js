// A text that was written and can be saved no more: it is shown, to be copied or thrown away.
import { announce, words } from "writing/words";

/** Show it at a place on the page; ``discard`` forgets it, and ``why`` says where it is stored, if it is. */
export function showLost(place, { name, section, record: { heading, body } }, { discard, why = "" }) {
  const shown = document.getElementById("lost-text").content.firstElementChild.cloneNode(true);
  shown.dataset.of = name ?? section;
  const part = (name) => shown.querySelector(`[data-part=${name}]`);
  part("heading").textContent = heading;
  part("body").innerHTML = body;
  if (why) part("why").textContent = why;
  part("copy").addEventListener("click", async () => {
    const both = `<h2>${part("heading").innerHTML}</h2>${body}`;
    const plain = `${heading}\n\n${part("body").innerText}`;
    const typed = (type, content) => [type, new Blob([content], { type })];
    const item = new ClipboardItem(Object.fromEntries([typed("text/html", both), typed("text/plain", plain)]));
    await navigator.clipboard.write([item]);
    announce(words("copied"));
  });
  part("discard").addEventListener("click", () => {
    if (!why && !confirm(words("discard"))) return;
    discard();
    shown.remove();
    (document.getElementById("tekst") ?? document.querySelector("h1")).focus();
  });
  place.querySelector(`.lost[data-of="${shown.dataset.of}"]`)?.remove();
  place.append(shown);
  announce(words("lost", { heading }));
}
