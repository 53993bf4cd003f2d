// What every page of a draft does, for those who write in it and those who read it: it says where it is, hears who
// else is there and what is new, and tells how the connection is.
import { known, showChanges, showReview } from "writing/news";
import { showPresent } from "writing/present";
import { Pulse } from "writing/pulse";
import { steady } from "writing/steady";
import { announce, link, words } from "writing/words";

const text = document.getElementById("tekst");
const UNDER_WAY = ".htmx-request, .htmx-swapping, .htmx-added, .htmx-settling"; // until the focus is set

export class Listening {
  #open;
  #here;
  #back;
  #pulse;
  #seen = text.dataset.seen; // the revision of the whole text that the page shows
  #failures = 0; // pulses in a row without an answer
  #isStale = false; // what was asked before the answer to a press came into the page
  #present = null; // what was last heard of who is here
  #window = "";

  /** ``open`` are the editors by section, ``here`` gives the one being written, ``back`` is called when a fault is over. */
  constructor({ open = new Map(), here = () => "", back = () => {} } = {}) {
    this.#open = open;
    this.#here = here;
    this.#back = back;
    this.#pulse = new Pulse({
      url: text.dataset.pulse,
      fields: () => this.#fields(),
      heard: (status, answer) => this.#heard(status, answer),
    });
  }

  /** Begin; ``name`` is the window's. */
  start(name) {
    this.#window = name;
    window.addEventListener("offline", () => this.#show("offline"));
    window.addEventListener("online", () => this.soon());
    window.addEventListener("pageshow", (event) => {
      if (event.persisted) this.soon();
    });
    window.addEventListener("pagehide", () => this.#pulse.leave());
    document.addEventListener("visibilitychange", () => this.soon());
    document.addEventListener("htmx:afterSwap", () => { this.#isStale = true; });
    window.addEventListener("focus", () => this.soon()); // two windows side by side are both visible
    this.soon();
  }

  soon() {
    if (this.#window) this.#pulse.soon();
  }

  /** The writer is in another section than before. */
  moved() {
    this.#showPresent();
    this.soon();
  }

  /** The page's own words were saved: whoever had seen all before them has seen all. */
  saved({ review, seen: { before, now } = {} }) {
    if (Number(this.#seen) === before) this.#seen = now;
    steady(() => showReview(review));
  }

  #fields() {
    this.#isStale = false;
    return {
      writer: text.dataset.writer,
      charter: text.dataset.charter,
      window: this.#window,
      section: this.#here(),
      hidden: document.hidden ? "1" : "",
      seen: this.#seen,
      known: known(this.#open),
    };
  }

  #heard(status, answer) {
    this.#failures = status ? 0 : this.#failures + 1;
    if (status === 200) this.#news(answer);
    else if (status === 401) {
      if (this.#show(answer.reason, this.#signIn(answer.reason))) this.#back(); // each section says so too
    } else if (status === 410) {
      this.#pulse.stop();
      if (this.#show("over", link(words("go_on"), answer.url), answer.message)) this.#back();
    } else if (status === 404 || status === 403) this.#show("refused");
    else if (this.#failures > 1 || !navigator.onLine) this.#show("offline"); // one lost answer is nothing to tell of
  }

  #news(answer) {
    this.#back({ isSignedIn: !this.#show("") }); // also where nothing was said: a save may have failed between two pulses
    // A press that is under way must find the page as it was, or its answer has no place to go, and no place to
    // put the focus; and news from before that answer would take back what it brought.
    if (answer.changes && (this.#isStale || text.querySelector(UNDER_WAY))) this.soon();
    else if (answer.changes) {
      showChanges(answer.changes, this.#open);
      this.#seen = answer.revision;
    }
    this.#present = answer;
    this.#showPresent();
  }

  #showPresent() {
    if (this.#present) steady(() => showPresent(this.#present, { here: this.#here() }));
  }

  #signIn(reason) {
    return reason === "signed_out" ? link(words("sign_in"), text.dataset.signIn, { beside: true }) : "";
  }

  /** What the page says at its foot; answers whether it said something else before. */
  #show(state, more = "", said = "") {
    const banner = document.querySelector("[data-banner]");
    const before = banner.dataset.state ?? "";
    if (before === state) return false;
    banner.dataset.state = state;
    banner.hidden = !state;
    banner.replaceChildren(...(state ? [said || words(`banner_${state}`), " ", more] : []));
    if (state) announce(banner.textContent.trim());
    else if (before) announce(words("back"));
    return true;
  }
}
