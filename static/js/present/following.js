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
  const button = make(
    "button",
    { class: "button", id: "follow", type: "button", onclick: () => choose(!store.state.view.follow) },
    "Follow the teacher",
  );
  const status = make("span", { class: "spoken", role: "status" });
  document.querySelector(".bar .end")?.prepend(button, status);
  /** @type {(() => void) | null} */
  let hangUp = null;
  /** @type {TaughtPlace | null} */
  let wanted = null;
  let isGoing = false;
  let reached = "";

  const choose = (/** @type {boolean} */ follow) => store.dispatch({ type: "follow_chosen", follow });

  /** One after the other, and of those told meanwhile the newest alone. */
  async function go() {
    if (isGoing) return;
    isGoing = true;
    while (wanted) {
      const place = wanted;
      wanted = null;
      await arrive(place);
    }
    reached = keyOf(store.state);
    isGoing = false;
  }

  /** @param {TaughtPlace} place */
  async function arrive({ run, step, layer, filter, view, details }) {
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

  /** @param {TaughtPlace | null} place */
  function hear(place) {
    tell(place ? "Following the teacher." : "Nobody leads at the moment.");
    if (place === null) return;
    wanted = place;
    go();
  }

  /** @param {string} words */
  function tell(words) {
    write(status, words);
    button.title = words;
  }

  /** @param {State} state */
  function watch({ view }) {
    button.setAttribute("aria-pressed", String(view.follow));
    button.classList.toggle("filled", !view.follow);
    write(button, view.follow ? "Following the teacher" : "Follow the teacher");
    if (view.follow && !hangUp)
      hangUp = followTeacher({ onPlace: hear, onLost: () => tell("Connection lost; trying again.") });
    if (view.follow || !hangUp) return;
    hangUp();
    hangUp = null;
    reached = "";
    tell("You look on your own.");
  }

  /** Whoever moves looks on their own. @param {State} state */
  function notice(state) {
    if (state.view.follow && !isGoing && reached && keyOf(state) !== reached) choose(false);
  }

  store.subscribe(watch);
  store.onEvery(notice);
}
