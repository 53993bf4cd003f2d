// The order of the sections: after a press here, and after somebody else moved one.

const TEXT = ".sections > .section:not(.section-removed)";

export const standing = () => [...document.querySelectorAll(TEXT)];

/** Put sections in order around one that stays where it is: what is moved loses its focus. */
export function putInOrder(sections, { around }) {
  const fixed = Math.max(sections.indexOf(around), 0);
  const neighbour = (section, way) => {
    let next = section[way];
    while (next && !sections.includes(next)) next = next[way];
    return next;
  };
  for (let at = fixed - 1; at >= 0; at -= 1) {
    if (neighbour(sections[at + 1], "previousElementSibling") !== sections[at]) sections[at + 1].before(sections[at]);
  }
  for (let at = fixed + 1; at < sections.length; at += 1) {
    if (neighbour(sections[at - 1], "nextElementSibling") !== sections[at]) sections[at - 1].after(sections[at]);
  }
}

/** The first section cannot go up, nor the last one down. */
export function markEnds() {
  const sections = standing();
  sections.forEach((section, index) => {
    const [up, down] = section.querySelectorAll("[name=direction]");
    if (!up) return;
    up.disabled = index === 0;
    down.disabled = index === sections.length - 1;
  });
}

document.addEventListener("sections:ordered", (event) => {
  const { order, moved, said } = event.detail;
  const pressed = document.activeElement?.value;
  for (const { id, position } of order) {
    const seen = document.getElementById(id)?.querySelector("[name=seen_at]");
    if (seen) seen.value = position;
  }
  const sections = order.map(({ id }) => document.getElementById(id)).filter(Boolean);
  putInOrder(sections, { around: document.activeElement?.closest(TEXT) });
  markEnds();
  const buttons = [...document.getElementById(moved).querySelectorAll("[name=direction]:not(:disabled)")];
  (buttons.find((button) => button.value === pressed) ?? buttons[0])?.focus();
  document.getElementById("skrivestatus").textContent = said;
});
document.addEventListener("htmx:load", markEnds);
