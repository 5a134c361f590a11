// @ts-check
// The guided tour: nine questions, answered on the run in front of the viewer.

import { phaseOf } from "../state/phase.js";
import { isLive, lastStep } from "../state/selectors.js";
import { TOUR_STEPS } from "../state/tour.js";
import { byId } from "../views/elements.js";
import { atMostEvery } from "../views/headline.js";
import { loadSheet } from "../views/sheet.js";
import { createCard } from "./card.js";
import { createGuests } from "./guests.js";
import { listenToKeys } from "./keys.js";
import { createPointer } from "./pointer.js";
import { remember } from "./remembered.js";
import { stepOf } from "./steps.js";

/**
 * @typedef {import("../types.js").State} State
 * @typedef {import("./steps.js").Offer} Offer
 */

const EYE_MILLISECONDS = 250;
const EAR_MILLISECONDS = 6000;
const WAIT = ["One moment: the run is getting ready."];
const START = { words: "Start training", does: /** @type {const} */ ("start") };

/**
 * @param {import("../store.js").Store} store
 * @param {import("../types.js").Commands} commands
 */
export async function mount(store, commands) {
  await loadSheet("tour");
  const guests = createGuests(store, commands);
  const go = (/** @type {number | null} */ tour) => store.dispatch({ type: "tour_chosen", tour });
  const here = () => store.state.view.tour ?? 1;
  const next = () => (here() === TOUR_STEPS ? finish() : go(here() + 1));
  const back = () => go(Math.max(1, here() - 1));
  const card = createCard({
    next,
    back,
    leave: () => go(null),
    offer: () => guests.take(offerOf(store.state)),
    show: () => lead(store.state),
  });
  byId("announcer").before(card.root);
  const pointer = createPointer(card.root);
  let shown = 0;
  let led = "";

  function finish() {
    go(null);
    remember(null);
  }

  /** Opens the view that the step is about. @param {State} state */
  function lead(state) {
    const { filter, layer } = stepOf(here()).at(state);
    if (filter !== undefined && !layer) guests.pick();
    const spot = stepOf(here()).at(store.state);
    led = keyOf(state);
    guests.arrange(spot);
    if (state.view.scene !== spot.scene) commands.openScene(spot.scene);
    pointer.aim(spot.selector);
  }

  /** @param {State} state */
  function keyOf(state) {
    const { scene, selector, layer } = stepOf(here()).at(state);
    return [here(), state.run?.id, isCaughtUp(state), scene, selector.replace(/\d+/, ""), layer].join();
  }

  function tell() {
    const { state } = store;
    if (state.view.tour === null) return;
    const step = stepOf(here());
    const offer = offerOf(state);
    const isWaiting = step.needsRun && !isCaughtUp(state);
    const words = isWaiting
      ? state.run
        ? WAIT
        : ["There is no run yet to show this on. Start one: it takes a few seconds."]
      : step.say(state);
    card.tell({
      number: here(),
      question: step.question,
      words,
      offer: offer?.words ?? null,
      sure: offer?.does !== "start",
    });
    pointer.place();
  }
  const tellSometimes = atMostEvery(EYE_MILLISECONDS, tell);
  const announce = atMostEvery(EAR_MILLISECONDS, () => shown && card.announce());

  function leave() {
    shown = 0;
    led = "";
    card.root.hidden = true;
    pointer.stop();
    byId("tour-open").focus();
  }

  async function watch(/** @type {State} */ state) {
    if (state.view.tour === null) return shown ? leave() : undefined;
    const moved = here() !== shown;
    shown = here();
    card.root.hidden = false;
    if (moved) {
      remember(shown);
      card.hush();
      await guests.home(stepOf(shown).ofGuests === true);
      if (store.state.view.tour !== shown) return;
    }
    if (moved || led !== keyOf(store.state)) lead(store.state);
    if (moved) tell();
    else tellSometimes();
    if (moved) card.focus();
    else announce();
  }

  listenToKeys(card.root, () => store.state.view.tour !== null, { next, back, leave: () => go(null) });
  store.subscribe(watch);
}

/** Whether the page holds what the run has told so far. @param {State} state */
function isCaughtUp(state) {
  return state.frames.length > 0 && (isLive(state) || lastStep(state) >= (state.run?.step ?? 0));
}

/**
 * What the step offers to do; where there is no run, to start one.
 * @param {State} state
 * @returns {Offer | null}
 */
function offerOf(state) {
  const step = stepOf(state.view.tour ?? 1);
  const mayStart = state.access === "full" && phaseOf(state) === "ready";
  if (!state.run) return mayStart ? START : null;
  return step.needsRun && !isCaughtUp(state) ? null : (step.offer?.(state) ?? null);
}
