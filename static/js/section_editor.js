// One section of a draft, open for writing where it stands in the text. The form is made here, from what is on the
// page, so that it opens without network too; section_writer.js decides when it is sent.
import { focusStart, openEditor } from "editor";
import { bring } from "editor/bring";
import { post } from "writing/server";
import { SectionWriter } from "writing/section_writer";
import { steady } from "writing/steady";
import { announce, link, words } from "writing/words";

const TOLD = ["failed", "signed_out", "another", "refused", "gone", "over", "invalid", "too_long", "conflict"];
const TELL_AGAIN = 20_000; // milliseconds between being told of others' changes in one section

export class SectionEditor {
  #page;
  #form;
  #heading;
  #textarea;
  #editor;
  #told = ""; // the last trouble that was announced
  #before = ""; // what the state line said before the last trouble or save
  #heardAt = 0;
  #isOver = false;

  constructor(section, page, { kept = null } = {}) {
    this.section = section;
    this.#page = page;
    this.#build(kept ?? { heading: this.#title.textContent, body: section.dataset.body });
    this.writer = new SectionWriter({
      view: this,
      kept,
      base: Number(section.dataset.revision),
      keeping: {
        keep: (text) => page.keeping.keep(this.pk, text),
        adopt: (found) => page.keeping.adopt(found),
        forget: () => page.keeping.forget(this.pk),
      },
      post: (save, options) => post(section.dataset.save, { ...save, writer: page.writer }, options),
    });
    this.#listen();
    if (kept) this.writer.save();
  }

  get pk() {
    return this.section.dataset.section;
  }

  get #title() {
    return this.section.querySelector("h2");
  }

  #part(name) {
    return this.#form.querySelector(`[data-part=${name}]`);
  }

  get #conflict() {
    return this.#form.querySelector("[data-conflict]");
  }

  focus() {
    focusStart(this.#editor);
  }

  // --- Making the form, and putting the section back -----------------------------------------------

  #build({ heading, body }) {
    const { section } = this;
    const template = document.getElementById("section-editor").content;
    this.#form = template.querySelector("form").cloneNode(true);
    for (const named of this.#form.querySelectorAll("[data-id]")) named.id = `${section.id}-${named.dataset.id}`;
    for (const label of this.#form.querySelectorAll("[data-for]")) label.htmlFor = `${section.id}-${label.dataset.for}`;
    this.#heading = this.#form.elements.heading;
    this.#textarea = this.#form.elements.body;
    this.#heading.value = heading;
    this.#heading.setAttribute("aria-describedby", `${section.id}-heading-error`);
    this.#textarea.setAttribute("aria-describedby", `${section.id}-body-help ${section.id}-body-error`);
    Object.assign(this.#textarea.dataset, { editor: body, editorLabel: words("label", { heading }) });
    this.#part("prompt").textContent = section.dataset.body ? "" : section.dataset.prompt;
    this.#part("history").href = section.dataset.history ?? "";
    this.#part("history").hidden = !section.dataset.history;
    section.classList.add("section-open");
    section.append(this.#form);
    this.#editor = openEditor(this.#textarea);
  }

  #listen() {
    const form = this.#form;
    for (const happening of ["input", "editor:pasted", "compositionend"]) {
      form.addEventListener(happening, () => this.writer.typed());
    }
    form.addEventListener("submit", (event) => {
      event.preventDefault(); // Enter in the heading
      this.focus();
    });
    this.#part("done").addEventListener("click", () => this.#done());
    form.addEventListener("click", (event) => {
      const { choose } = event.target.closest("[data-choose]")?.dataset ?? {};
      if (choose) this.writer.choose(choose);
    });
  }

  async #done() {
    if (this.#isOver) {
      this.close();
      (this.section.querySelector(".lost") ?? this.section).focus();
      return;
    }
    if ("waiting" in this.#textarea.dataset) await happens(this.#form, "editor:pasted");
    const isSaved = await this.writer.flush();
    if (isSaved && !this.#part("notice").hidden) {
      this.leave();
    } else if (isSaved) {
      this.close();
      this.section.querySelector("[data-open]").focus();
    } else {
      (this.#conflict ?? this.#part("state")).scrollIntoView({ block: "nearest" });
    }
  }

  /** Show the text as it is known to stand, instead of the editor. */
  close() {
    const { section } = this;
    this.writer.stop();
    this.#editor.destroy();
    this.#form.remove();
    section.classList.remove("section-open");
    this.#page.closed(this);
  }

  // --- What the writer asks of the page (section_writer.js) ----------------------------------------

  text() {
    return { heading: this.#heading.value, body: this.#textarea.value };
  }

  isBusy() {
    return "waiting" in this.#textarea.dataset || this.#editor.view.composing;
  }

  bring({ heading, body }) {
    steady(() => {
      if (this.#heading.value.trim() !== heading) this.#setHeading(heading);
      bring(this.#editor, body);
    });
  }

  saved(answer) {
    keepFacts(this.section, answer);
    this.takenOut(false);
    this.#page.saved(answer);
  }

  heard(news) {
    keepFacts(this.section, news);
    const now = Date.now();
    if (now - this.#heardAt > TELL_AGAIN) announce(words("heard", news));
    this.#heardAt = now;
  }

  show(state, answer) {
    const line = this.#part("state");
    if (state === "same") line.replaceChildren(this.#before);
    else line.replaceChildren(...this.#sentence(state, answer));
    if (state === "saved") this.#before = line.textContent;
    line.dataset.state = state;
    this.#showErrors(state === "invalid" ? answer.errors : {});
    this.#tell(state, line.firstChild?.textContent);
  }

  ask(answer) {
    steady(() => { this.#part("conflict").innerHTML = answer.panel; });
  }

  asked() {
    const panel = this.#part("conflict");
    if (!panel.firstChild) return;
    const isHere = [document.body, null].includes(document.activeElement) || panel.contains(document.activeElement);
    steady(() => panel.replaceChildren());
    if (isHere) this.#editor.view.focus();
  }

  leave() {
    this.close();
    this.#page.left(this);
  }

  over() {
    this.#isOver = true;
    this.asked();
    this.#heading.readOnly = true;
    this.#editor.setEditable(false);
    this.#form.querySelector(".editor-toolbar")?.remove();
    this.#page.over(this);
  }

  takenOut(isOut) {
    const notice = this.#part("notice");
    if (notice.hidden !== isOut) return;
    steady(() => { notice.hidden = !isOut; });
    if (isOut) announce(words("about", { heading: this.#heading.value, text: notice.textContent.trim() }));
  }

  // --- Words ---------------------------------------------------------------------------------------

  #sentence(state, answer) {
    if (state === "saved") return [words("saved", { time: answer.saved_at })];
    if (state === "over") return [answer.message ?? "", " ", link(words("go_on"), answer.url, { beside: true })];
    if (state === "signed_out") return [words(state), " ", link(words("sign_in"), this.#page.signIn, { beside: true })];
    if (state === "conflict") return [words(state), " ", this.#toConflict()];
    return [words(state)];
  }

  #toConflict() {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "btn btn-link btn-sm", textContent: words("to_conflict") });
    button.addEventListener("click", () => this.#conflict.focus());
    return button;
  }

  #tell(state, text) {
    const about = words("about", { heading: this.#heading.value, text });
    if (TOLD.includes(state) && this.#told !== state) announce(about);
    else if (state === "saved" && this.#told) announce(about);
    if (TOLD.includes(state)) this.#told = state;
    else if (state === "saved") this.#told = "";
  }

  #showErrors(errors) {
    const fields = { heading: this.#heading, body: this.#editor?.view.dom };
    for (const [name, field] of Object.entries(fields)) {
      const place = this.#form.querySelector(`[data-id=${name}-error]`);
      place.textContent = (errors[name] ?? []).join(" ");
      field?.setAttribute("aria-invalid", String(Boolean(errors[name])));
      field?.classList.toggle("is-invalid", Boolean(errors[name]));
    }
  }

  #setHeading(heading) {
    const { selectionStart, selectionEnd } = this.#heading;
    this.#heading.value = heading;
    if (document.activeElement === this.#heading) this.#heading.setSelectionRange(selectionStart, selectionEnd);
  }
}

/** Remember on the section what the server holds; the next to open it starts from there. */
function keepFacts(section, { revision, heading, body, origin, has_offer }) {
  Object.assign(section.dataset, { revision, body });
  section.querySelector("[data-origin]").textContent = origin;
  section.querySelector("[data-offer]").hidden = !has_offer;
  section.querySelector("h2").textContent = heading;
  showText(section); // out of sight while the editor is open, but printed
}

const happens = (target, name) => new Promise((resolve) => { target.addEventListener(name, resolve, { once: true }); });

/** The section's text to read, as ``_section.html`` writes it. */
function showText(section) {
  const { body, prompt } = section.dataset;
  const text = section.querySelector(".section-text");
  if (body) {
    text.innerHTML = body;
  } else {
    const unfilled = document.createElement("p");
    unfilled.className = "unfilled";
    unfilled.textContent = prompt;
    text.replaceChildren(unfilled);
  }
}
