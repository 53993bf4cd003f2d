// Text that no server has yet, kept in the browser: it survives a reload, a crash and a night without network.
// It is encrypted with the writer's own key, which comes with the page, so that the next person at the same
// machine cannot read it.
import * as shelf from "writing/shelf";
import { isOpen } from "writing/this_window";

const base64 = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

export class Keeping {
  #prefix;
  #window;
  #key;
  #turns = new Map(); // by section: an older text never comes after a newer one

  /** Two windows of one person keep what each holds; ``window`` promises the name of this one. */
  constructor({ writer, charter, key, window }) {
    this.#prefix = `os2:kept:${writer}:${charter}:`;
    // Without HTTPS the browser encrypts nothing, and nothing is kept.
    this.#key = crypto.subtle?.importKey("raw", bytes(key), "AES-GCM", false, ["encrypt", "decrypt"]);
    this.#window = window;
  }

  /** Keep a section's text; answers whether it is kept. */
  async keep(section, record) {
    const turn = this.#turn(section);
    const kept = await this.#sealed(record).catch(() => null);
    if (turn !== this.#turns.get(section)) return true; // a newer one is on its way
    if (!kept) return false;
    const name = await this.#name(section);
    if (turn !== this.#turns.get(section)) return true;
    return shelf.put(name, kept).then(() => true, () => false); // full
  }

  async forget(section) {
    const turn = this.#turn(section);
    const name = await this.#name(section);
    if (turn === this.#turns.get(section)) await shelf.remove(name);
  }

  /** Throw a text away that has no section to go to. */
  discard({ name }) {
    return shelf.remove(name);
  }

  /** What was kept by this window before it was loaded, and by windows that are gone: this one's first. */
  async found() {
    const texts = [];
    const own = await this.#window;
    for (const name of (await shelf.names()).filter((one) => one.startsWith(this.#prefix))) {
      const [section, window] = name.slice(this.#prefix.length).split(":");
      if (window !== own && (await isOpen(window))) continue;
      const record = await shelf.take(name).then((kept) => this.#opened(kept)).catch(() => null);
      if (record) texts.push({ section, name, record, isOwn: window === own }); // others are not for this key
    }
    return texts.sort((one, other) => other.isOwn - one.isOwn || other.record.at - one.record.at);
  }

  /** Take over what another window left behind. */
  async adopt({ section, name, record }) {
    const isKept = await this.keep(section, record);
    if (isKept && name !== (await this.#name(section))) await shelf.remove(name);
  }

  async #name(section) {
    return `${this.#prefix}${section}:${await this.#window}`;
  }

  #turn(section) {
    const turn = (this.#turns.get(section) ?? 0) + 1;
    this.#turns.set(section, turn);
    return turn;
  }

  async #sealed(record) {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const plain = new TextEncoder().encode(JSON.stringify(record));
    const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await this.#key, plain);
    return `${base64(iv)}.${base64(new Uint8Array(sealed))}`;
  }

  async #opened(kept) {
    const [iv, sealed] = kept.split(".").map(bytes);
    const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv }, await this.#key, sealed);
    return JSON.parse(new TextDecoder().decode(plain));
  }
}
