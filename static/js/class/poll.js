// @ts-check
// The question that the teacher puts to the class: one answers, may change that, and sees what was right.

import { vote as send } from "../net/phone.js";
import { make, write } from "../views/elements.js";
import { outcomeOf } from "./outcome.js";
import { fieldsOf, setField } from "./poll_fields.js";
import { LOST, buttonWords, standing, waiting } from "./poll_words.js";
import { kept, keep } from "./votes.js";

/** @typedef {import("./poll_words.js").Poll} Poll */

export class Asked {
  /** @type {Poll | null} */
  #poll = null;
  /** What was counted. @type {number | null} */
  #vote = null;
  /** What stands on the button. @type {number | null} */
  #chosen = null;
  #note = "";
  #timer = 0;

  /**
   * @param {HTMLElement} place
   * @param {(state: string) => void} hush  hides what would betray the answer
   * @param {(filter: number | null) => void} ring  marks a filter that one has chosen
   */
  constructor(place, hush, ring) {
    this.place = place;
    this.hush = hush;
    this.ring = ring;
    this.title = make("h1", {});
    this.fields = make("div", { class: "answer-fields" });
    this.outcome = make("div", { class: "outcome" });
    this.button = make("button", { class: "button filled answer", type: "submit" });
    this.standing = make("p", { class: "quiet", role: "status" });
    this.foot = make("div", { class: "answer-foot" }, this.button, this.standing);
    const form = make("form", { class: "asking" }, this.title, this.outcome, this.fields, this.foot);
    form.onsubmit = (event) => {
      event.preventDefault();
      this.#send();
    };
    place.append(form);
    document.addEventListener("keydown", (event) => this.#type(event));
  }

  /** @param {Poll | null} poll  null when it has ended */
  draw(poll) {
    if (poll?.id !== this.#poll?.id) this.#begin(poll);
    this.#poll = poll;
    this.place.hidden = !poll;
    this.hush(poll?.state ?? "");
    if (poll?.state !== "open") clearTimeout(this.#timer);
    if (poll) this.#show(poll);
    else this.ring(null);
  }

  /** A filter was tapped. @param {number} filter */
  tap(filter) {
    if (this.#poll?.kind === "filter" && this.#poll.state === "open") this.choose(filter);
  }

  /** @param {number} answer */
  choose(answer) {
    const poll = this.#poll;
    if (!poll || !Number.isFinite(answer)) return;
    this.#chosen = Math.max(0, Math.min(poll.most, Math.round(answer)));
    this.#note = "";
    this.#show(poll);
  }

  /** @param {Poll | null} poll */
  #begin(poll) {
    clearTimeout(this.#timer);
    this.#note = "";
    this.#vote = poll && kept(poll.id);
    this.#chosen = this.#vote ?? (poll && poll.kind !== "choice" ? Math.round(poll.most / 2) : null);
    this.fields.replaceChildren(...(poll ? fieldsOf(poll, (answer) => this.choose(answer)) : []));
  }

  /** @param {Poll} poll */
  #show(poll) {
    const isOpen = poll.state === "open";
    write(this.title, poll.question);
    this.fields.hidden = !isOpen;
    this.button.hidden = !isOpen;
    this.button.disabled = this.#chosen === null;
    write(this.button, buttonWords(poll, this.#vote, this.#chosen));
    write(this.standing, this.#note || standing(poll, this.#vote));
    this.ring(poll.kind === "filter" ? this.#chosen : null);
    for (const field of this.fields.querySelectorAll("input")) setField(field, poll, this.#chosen);
    this.outcome.hidden = !poll.result;
    if (poll.result) this.outcome.replaceChildren(...outcomeOf(poll, this.#vote));
  }

  async #send() {
    const [poll, vote] = [this.#poll, this.#chosen];
    if (!poll || vote === null || poll.state !== "open") return;
    clearTimeout(this.#timer);
    const outcome = await send({ poll: poll.id, vote });
    if (this.#poll?.id !== poll.id) return;
    this.#note = "";
    if (outcome.kind === "taken") keep(poll.id, (this.#vote = outcome.told.vote));
    else if (outcome.kind === "lost") this.#note = LOST;
    else if (outcome.kind === "refused") this.#note = outcome.message;
    else this.#sendLater(outcome.seconds);
    this.#show(this.#poll);
  }

  /** @param {number} seconds */
  #sendLater(seconds) {
    this.#note = waiting(seconds);
    this.#timer = window.setTimeout(() => this.#send(), seconds * 1000);
  }

  /** Digits go into the number from everywhere. @param {KeyboardEvent} event */
  #type({ key, target }) {
    const number = /** @type {HTMLInputElement | null} */ (this.fields.querySelector("[type=number]"));
    if (!/^\d$/.test(key) || !number || this.fields.hidden || this.place.hidden) return;
    if (target instanceof HTMLInputElement) return;
    number.focus();
    number.select();
  }
}
