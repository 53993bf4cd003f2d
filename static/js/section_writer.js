// One section that is being written: when it is sent, what the server is known to have, and from which text one
// goes on. It knows nothing of the page: ``view`` holds the text and shows how it stands.
//
// Who has typed on since a save was sent goes on from what was sent (``yours``), and the server puts the others'
// changes in at the next save. Who has not gets the text as it stands (``revision``). A save that was not
// answered is repeated, unchanged, before anything newer is sent.

const PAUSE = 900; // milliseconds from the last key to a save
const AT_MOST = 5000; // while somebody types on
const KEEP = 200; // from a key to the text being kept in the browser
const WAITS = [1000, 2000, 4000, 8000, 15_000];

const ANSWERED = [200, 409, 422, 400, 413]; // the server has done with that save, one way or the other
const same = (one, other) => Boolean(one && other) && one.heading === other.heading && one.body === other.body;

export class SectionWriter {
  #view;
  #keeping;
  #post;
  #base;
  #settled; // the text in the editor when all of it was known to be saved
  #sent = null;
  #underWay = null;
  #conflict = null;
  #news = null;
  #others = []; // what other windows left unsaved here
  #putBack = false;
  #failures = 0;
  #state = "";
  #isKept = true;
  #isOver = false;
  #turnedDown = null; // the last text that must be corrected before it can be saved
  #timers = {};

  constructor({ view, keeping, post, base, kept = null }) {
    this.#view = view;
    this.#keeping = keeping;
    this.#post = post;
    this.#base = kept ? kept.base : base;
    this.#sent = kept?.sent ?? null;
    this.#settled = kept ? null : view.text();
  }

  /** The revision that the text in the editor grew from. */
  get base() {
    return this.#base;
  }

  get isSaved() {
    return !this.#sent && !this.#conflict && same(this.#settled, this.#view.text());
  }

  /** Whether nothing is lost if the window closes now. */
  get isSafe() {
    return this.isSaved || this.#isKept;
  }

  // --- What happens in the editor ----------------------------------------------------------------

  typed() {
    if (this.#isOver) return;
    if (this.isSaved) {
      this.#forget();
      if (["saving", "invalid", "too_long"].includes(this.#state)) this.#show("same");
      this.#takeNews();
      return;
    }
    this.#isKept = false;
    this.#timers.keep ??= setTimeout(() => this.keep(), KEEP);
    if (this.#conflict || this.#timers.retry) return; // what failed is repeated in its own time
    if (!this.#isWaiting) this.#show("saving");
    clearTimeout(this.#timers.pause);
    this.#timers.pause = setTimeout(() => this.save(), PAUSE);
    this.#timers.most ??= setTimeout(() => this.save(), AT_MOST);
  }

  /** Save at once, and what is typed meanwhile too; answers whether all is saved. */
  async flush() {
    for (let tries = 0; tries < 4 && !this.isSaved && !this.#conflict; tries += 1) {
      await this.save();
      if (this.#failures || this.#view.isBusy()) break;
    }
    return this.isSaved;
  }

  /** Send what is to be sent, if nothing is under way. */
  async save({ leaving = false } = {}) {
    this.#clear("pause", "most", "retry");
    if (this.#underWay) return this.#underWay;
    if (this.#conflict || this.#isOver || this.isSaved) return undefined;
    if (!this.#sent) {
      if (this.#view.isBusy() && !leaving) return undefined; // what is being pasted belongs to it
      const put_back = this.#putBack ? "on" : "";
      this.#sent = { key: crypto.randomUUID(), base: this.#base, ...this.#view.text(), put_back };
    }
    this.#underWay = this.#deliver(leaving).finally(() => { this.#underWay = null; });
    await this.#underWay;
    this.#goOn();
    return undefined;
  }

  /** Try again now: the network is back, or (``isSignedIn``) no more is known than that the writer is. */
  retry({ isSignedIn = false } = {}) {
    const over = isSignedIn ? ["signed_out", "another"] : ["failed", "signed_out", "another"];
    if (over.includes(this.#state)) this.save();
  }

  async keep() {
    this.#clear("keep");
    if (this.isSaved) return;
    const text = this.#view.text();
    const isKept = await this.#keeping.keep({ base: this.#base, ...text, sent: this.#sent, at: Date.now() });
    this.#isKept = isKept && same(text, this.#view.text());
  }

  /** A text for this section that another window left behind: its turn comes when this one's is saved. */
  wait(found) {
    this.#others.push(found);
    if (!this.#underWay && this.isSaved) this.#goOn();
  }

  /** Let it be the text in the editor: the server puts it together with what is saved. */
  #takeAnother() {
    const found = this.#others.shift();
    this.#view.bring(found.record);
    this.#base = found.record.base;
    this.#sent = found.record.sent;
    this.#settled = null;
    this.#keeping.adopt(found);
    this.save();
  }

  // --- What others did ---------------------------------------------------------------------------

  /** The section as somebody else left it; it waits while something of the writer's own is unsaved. */
  hear(news) {
    if (news.revision > this.#base) this.#news = news;
    return this.#takeNews();
  }

  #takeNews() {
    if (this.#news && this.#news.revision <= this.#base) this.#news = null;
    if (!this.#news || !this.isSaved || this.#view.isBusy()) return false;
    this.#bringFromOthers(this.#news);
    this.#news = null;
    return true;
  }

  #bringFromOthers(text) {
    this.#view.bring(text);
    this.#goOnFrom(text.revision);
    this.#view.heard(text);
  }

  // --- Two texts, and a choice -------------------------------------------------------------------

  /** Settle a conflict: my text as it stands in the editor, or theirs. */
  async choose(which) {
    if (!this.#conflict) return;
    const { revision } = this.#conflict;
    if (which === "theirs" && !same(this.#view.text(), this.#conflict.asked)) {
      // What was typed since is kept as a revision before it gives way.
      this.#conflict = null;
      await this.save();
      if (this.#conflict?.revision !== revision) return;
    }
    const { was_removed, theirs } = this.#conflict;
    this.#conflict = null;
    this.#view.asked();
    if (which === "theirs" && was_removed) {
      this.#settled = this.#view.text();
      this.#forget();
      this.#view.leave();
      return;
    }
    if (which === "theirs") this.#view.bring(theirs);
    this.#base = revision;
    this.#putBack = was_removed;
    this.#settled = null;
    await this.save();
  }

  // --- Sending -----------------------------------------------------------------------------------

  get #isWaiting() {
    return ["failed", "signed_out", "another", "refused", "gone"].includes(this.#state);
  }

  async #deliver(leaving) {
    if (!this.#isWaiting) this.#show("saving");
    if (leaving) this.keep();
    else await this.keep();
    const { status, answer } = await this.#post(this.#sent, { leaving });
    const sent = this.#sent;
    if (ANSWERED.includes(status)) {
      this.#sent = null;
      this.#failures = 0;
    }
    if (status === 200) this.#saved(sent, answer);
    else if (status === 409) this.#clash(sent, answer);
    else this.#refused(status, answer, sent);
  }

  #saved(sent, answer) {
    this.#putBack = false;
    this.#view.asked(); // what was asked about is settled
    this.#view.saved(answer);
    if (same(sent, this.#view.text()) && !(answer.revision !== answer.yours && this.#view.isBusy())) {
      if (answer.revision === answer.yours) this.#goOnFrom(answer.revision);
      else this.#bringFromOthers(answer);
      this.#forget();
      this.#show("saved", answer);
    } else {
      this.#base = answer.yours;
      this.#settled = { heading: sent.heading, body: sent.body };
      if (answer.revision !== answer.yours) this.#news = answer;
      this.#show("saving");
    }
  }

  /** Ask only when the writer pauses: what was typed meanwhile must be in what is asked about. */
  #clash(sent, answer) {
    if (!same(sent, this.#view.text()) || this.#view.isBusy()) return;
    this.#view.bring(answer.mine);
    this.#conflict = { ...answer, asked: this.#view.text() };
    this.keep();
    this.#show("conflict", answer);
    this.#view.ask(answer);
  }

  #refused(status, answer, sent) {
    if ([422, 400, 413].includes(status)) this.#turnedDown = sent;
    if (status === 410) {
      this.#isOver = true;
      this.#show("over", answer);
      this.#view.over(answer);
    } else if (status === 422) {
      this.#show("invalid", answer);
    } else if (status === 400 || status === 413) {
      this.#show("too_long");
    } else {
      const wait = status ? WAITS.at(-1) : WAITS[Math.min(this.#failures, WAITS.length - 1)];
      this.#failures += 1;
      this.#clear("pause", "most");
      // Not all at once, when a server comes back to many.
      this.#timers.retry = setTimeout(() => this.save(), wait * (0.75 + Math.random() / 4));
      const states = { 401: answer.reason, 403: "refused", 404: "gone" };
      this.#show(states[status] ?? "failed");
    }
  }

  #goOn() {
    if (this.#others.length && this.isSaved && !this.#view.isBusy()) {
      this.#takeAnother();
      return;
    }
    if (this.#takeNews() || this.#isWaiting || this.#isOver || this.#conflict || this.isSaved) return;
    const isUncorrected = same(this.#turnedDown, this.#view.text()); // it may have been while the save was under way
    if (["invalid", "too_long"].includes(this.#state) && isUncorrected) return;
    if (!this.#timers.pause) this.#timers.pause = setTimeout(() => this.save(), PAUSE);
  }

  #goOnFrom(revision) {
    this.#base = revision;
    this.#settled = this.#view.text();
  }

  #forget() {
    this.#clear("keep", "pause", "most");
    this.#isKept = true;
    this.#keeping.forget();
  }

  #show(state, answer = {}) {
    this.#state = state;
    this.#view.show(state, answer);
  }

  #clear(...names) {
    for (const name of names) {
      clearTimeout(this.#timers[name]);
      delete this.#timers[name];
    }
  }

  /** Let go of the section; what is kept stays kept. */
  stop() {
    this.#clear(...Object.keys(this.#timers));
  }
}
