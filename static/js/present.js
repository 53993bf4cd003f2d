// Who has the draft open, and who writes in which section. It is there to be looked up, and never announced.
import { words } from "writing/words";

const list = new Intl.ListFormat("da", { type: "conjunction" });

/** Fill the line of those who are here, and the marks at the sections; nothing is touched that says the same. */
export function showPresent({ presence, people }, { here }) {
  const line = document.querySelector("[data-presence]");
  if (line && line.dataset.shows !== presence) {
    line.innerHTML = presence;
    line.dataset.shows = presence;
    line.closest("[data-here]").hidden = people.length === 0;
  }
  for (const section of document.querySelectorAll("[data-section]")) showWriters(section, people, here);
}

function showWriters(section, people, here) {
  const pk = Number(section.dataset.section);
  const mark = section.querySelector("[data-writers]");
  const others = people.filter((one) => !one.is_you && one.sections.includes(pk)).map((one) => one.name.split(" ")[0]);
  const own = people.find((one) => one.is_you)?.sections.filter((one) => one === pk).length ?? 0;
  const said = [];
  if (others.length) said.push(words("writers", { names: list.format(others) }));
  if (own > (here === String(pk) ? 1 : 0)) said.push(words("elsewhere"));
  const text = said.join(" ");
  if (mark.textContent !== text) mark.textContent = text;
  mark.hidden = !text;
}
