// @ts-check
// Goes where the teacher looks, until one looks on one's own.

import { followTeacher } from "../net/teaching.js";
import { make, write } from "../views/elements.js";
import { keyOf } from "./place.js";

/**
 * @typedef {import("../types.js").State} State
 * @typedef {import("../net/teaching.js").TaughtPlace} TaughtPlace
 */

/**
 * @param {import("../store.js").Store} store
 * @param {import("../types.js").Commands} commands
 */
export function mount(store, commands) {
  const follower = new Follower(store, commands);
  document.querySelector(".bar .end")?.prepend(follower.button, follower.status);
  store.subscribe((state) => follower.watch(state));
  store.onEvery((state) => follower.notice(state));
}

class Follower {
  /** Ends the line to the teacher. @type {(() => void) | null} */
  #hangUp = null;
  /** Where the teacher looks by now. @type {TaughtPlace | null} */
  #wanted = null;
  #isGoing = false;
  /** Where this page was led to, as `keyOf` has it. */
  #reached = "";

  /** @param {import("../store.js").Store} store @param {import("../types.js").Commands} commands */
  constructor(store, commands) {
    this.store = store;
    this.commands = commands;
    const onclick = () => this.#choose(!store.state.view.follow);
    this.button = make("button", { class: "button follow", id: "follow", type: "button", onclick });
    write(this.button, "Follow the teacher");
    this.status = make("span", { class: "spoken follow-note", role: "status" });
  }

  /** @param {State} state */
  watch({ view }) {
    this.button.setAttribute("aria-pressed", String(view.follow));
    this.button.classList.toggle("filled", !view.follow);
    write(this.button, view.follow ? "Following the teacher" : "Follow the teacher");
    if (view.follow) this.#listen();
    else if (this.#hangUp) this.#leave(this.#hangUp);
  }

  /** Whoever moves looks on their own. @param {State} state */
  notice(state) {
    const isElsewhere = this.#reached && keyOf(state) !== this.#reached;
    if (state.view.follow && !this.#isGoing && isElsewhere) this.#choose(false);
  }

  /** @param {boolean} follow */
  #choose(follow) {
    this.store.dispatch({ type: "follow_chosen", follow });
  }

  #listen() {
    this.#hangUp ??= followTeacher({
      onPlace: (place) => this.#hear(place),
      onLost: () => this.#tell("Connection lost; trying again."),
    });
  }

  /** @param {() => void} hangUp */
  #leave(hangUp) {
    hangUp();
    this.#hangUp = null;
    this.#reached = "";
    this.#tell("You look on your own.");
    for (const one of [this.button, this.status]) one.classList.remove("unled");
  }

  /** @param {TaughtPlace | null} place */
  #hear(place) {
    this.#tell(place ? "Following the teacher." : "Nobody leads at the moment.");
    for (const one of [this.button, this.status]) one.classList.toggle("unled", !place);
    if (place === null) return;
    this.#wanted = place;
    this.#go();
  }

  /** @param {string} words */
  #tell(words) {
    write(this.status, words);
    this.button.title = words;
  }

  /** One after the other, and of those told meanwhile the newest alone. */
  async #go() {
    if (this.#isGoing) return;
    this.#isGoing = true;
    while (this.#wanted) {
      const place = this.#wanted;
      this.#wanted = null;
      await arrive(place, this.store, this.commands);
    }
    this.#reached = keyOf(this.store.state);
    this.#isGoing = false;
  }
}

/**
 * Looks where the teacher looks.
 * @param {TaughtPlace} place
 * @param {import("../store.js").Store} store
 * @param {import("../types.js").Commands} commands
 */
async function arrive({ run, step, layer, filter, view, details }, store, commands) {
  if (run === null) commands.leave();
  else if (run !== store.state.run?.id) await commands.openRun(run);
  const seen = store.state.view;
  if (view !== seen.scene || JSON.stringify(details) !== JSON.stringify(seen.details))
    commands.openScene(view, details);
  if (layer !== store.state.view.layer)
    commands.chooseLayer(layer ?? store.state.frames[0]?.layer ?? "conv1");
  if (filter !== store.state.view.filter) commands.chooseFilter(filter);
  if (step === null) commands.lookLive();
  else commands.lookAt(step);
}
