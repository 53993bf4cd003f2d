// What the page of a draft has to say, and how a screen reader is told of it.

const QUIET = 700; // milliseconds that nothing more must happen before it is said

/** A sentence of _writing_words.html, with ``{names}`` filled in. */
export function words(name, filled = {}) {
  const found = document.getElementById("writing-words").content.querySelector(`[data-words="${name}"]`);
  const text = found ? found.textContent.trim().replace(/\s+/g, " ") : "";
  return text.replace(/\{(\w+)\}/g, (_whole, key) => filled[key] ?? "");
}

let waiting = [];
let timer;

/** Tell a screen reader, politely, and once where the same thing happens many times. */
export function announce(text) {
  if (!waiting.includes(text)) waiting.push(text);
  clearTimeout(timer);
  timer = setTimeout(() => {
    document.getElementById("skrivestatus").textContent = waiting.join(" ");
    waiting = [];
  }, QUIET);
}

/** A link that opens beside the page, so that nothing that is being written is left. */
export function link(text, href, { beside = false } = {}) {
  const made = document.createElement("a");
  made.href = href;
  made.textContent = text;
  if (beside) made.target = "_blank";
  return made;
}
