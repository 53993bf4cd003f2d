// The page's pulse: every few seconds it says where its writer is, and hears what is new.
import { post } from "writing/server";

const EVERY = 3000; // milliseconds
const SOON = 120;

export class Pulse {
  #url;
  #fields;
  #heard;
  #timer;
  #isAsking = false;
  #isWanted = false;
  #isStopped = false;

  /** ``fields`` gives what the page has to say now; ``heard`` is told each answer. */
  constructor({ url, fields, heard }) {
    this.#url = url;
    this.#fields = fields;
    this.#heard = heard;
  }

  /** Ask now rather than at the next beat. */
  soon() {
    this.#isWanted = true;
    this.#next(SOON);
  }

  stop() {
    this.#isStopped = true;
    clearTimeout(this.#timer);
  }

  leave() {
    if (!this.#isStopped) post(this.#url, { ...this.#fields(), leaving: "1" }, { leaving: true });
  }

  #next(wait) {
    clearTimeout(this.#timer);
    if (!this.#isStopped && !this.#isAsking) this.#timer = setTimeout(() => this.#ask(), wait);
  }

  async #ask() {
    this.#isAsking = true;
    this.#isWanted = false;
    const { status, answer } = await post(this.#url, this.#fields());
    this.#isAsking = false;
    if (!this.#isStopped) this.#heard(status, answer);
    this.#next(this.#isWanted ? SOON : EVERY);
  }
}
