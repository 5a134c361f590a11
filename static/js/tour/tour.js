// @ts-check
// The guided tour: nine questions, answered on the run in front of the viewer.

import { phaseOf } from "../state/phase.js";
import { isLive, lastStep } from "../state/selectors.js";
import { TOUR_STEPS } from "../state/tour.js";
import { byId } from "../views/elements.js";
import { atMostEvery } from "../views/headline.js";
import { loadSheet } from "../views/sheet.js";
import { Card } from "./card.js";
import { Guests } from "./guests.js";
import { listenToKeys } from "./keys.js";
import { Pointer } from "./pointer.js";
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
  const tour = new Tour(store, commands);
  listenToKeys(tour.card.root, () => store.state.view.tour !== null, tour.ways);
  store.subscribe((state) => tour.watch(state));
}

class Tour {
  /** The step on the card; 0 while there is no tour. */
  #shown = 0;
  /** What the pointer was last aimed by. */
  #led = "";

  /** @param {import("../store.js").Store} store @param {import("../types.js").Commands} commands */
  constructor(store, commands) {
    this.store = store;
    this.commands = commands;
    this.guests = new Guests(store, commands);
    this.ways = {
      next: () => this.#next(),
      back: () => this.#go(Math.max(1, this.#here - 1)),
      leave: () => this.#go(null),
      offer: () => this.guests.take(offerOf(store.state)),
      show: () => this.#lead(store.state),
    };
    this.card = new Card(this.ways);
    byId("announcer").before(this.card.root);
    this.pointer = new Pointer(this.card.root);
    this.tellSometimes = atMostEvery(EYE_MILLISECONDS, () => this.#tell());
    this.announce = atMostEvery(EAR_MILLISECONDS, () => this.#shown && this.card.announce());
  }

  get #here() {
    return this.store.state.view.tour ?? 1;
  }

  /** @param {number | null} tour */
  #go(tour) {
    this.store.dispatch({ type: "tour_chosen", tour });
  }

  #next() {
    if (this.#here < TOUR_STEPS) return this.#go(this.#here + 1);
    this.#go(null);
    remember(null);
  }

  /** Opens the view that the step is about. @param {State} state */
  #lead(state) {
    const step = stepOf(this.#here);
    const { filter, layer } = step.at(state);
    if (filter !== undefined && !layer) this.guests.pick();
    const spot = step.at(this.store.state);
    this.#led = keyOf(state);
    this.guests.arrange(spot);
    if (state.view.scene !== spot.scene) this.commands.openScene(spot.scene);
    this.pointer.aim(spot.selector);
  }

  #tell() {
    const { state } = this.store;
    if (state.view.tour === null) return;
    const offer = offerOf(state);
    this.card.tell({
      number: this.#here,
      question: stepOf(this.#here).question,
      words: wordsOf(state),
      offer: offer?.words ?? null,
      sure: offer?.does !== "start",
    });
    this.pointer.place();
  }

  #leave() {
    this.#shown = 0;
    this.#led = "";
    this.card.root.hidden = true;
    this.pointer.stop();
    byId("tour-open").focus();
  }

  /** @param {State} state */
  async watch(state) {
    if (state.view.tour === null) return this.#shown ? this.#leave() : undefined;
    const moved = this.#here !== this.#shown;
    this.#shown = this.#here;
    this.card.root.hidden = false;
    if (moved && !(await this.#arrive())) return;
    if (moved || this.#led !== keyOf(this.store.state)) this.#lead(this.store.state);
    if (moved) {
      this.#tell();
      this.card.focus();
    } else {
      this.tellSometimes();
      this.announce();
    }
  }

  /** Brings the run of the step onto the stage; says whether the viewer waited for it. */
  async #arrive() {
    const shown = this.#shown;
    remember(shown);
    this.card.hush();
    await this.guests.home(stepOf(shown).ofGuests === true);
    return this.store.state.view.tour === this.#shown;
  }
}

/** Whenever this changes, the pointer is aimed anew. @param {State} state */
function keyOf(state) {
  const here = state.view.tour ?? 1;
  const { scene, selector, layer } = stepOf(here).at(state);
  return [here, state.run?.id, isCaughtUp(state), scene, selector.replace(/\d+/, ""), layer].join();
}

/** @param {State} state */
function wordsOf(state) {
  const step = stepOf(state.view.tour ?? 1);
  if (!step.needsRun || isCaughtUp(state)) return step.say(state);
  return state.run ? WAIT : ["There is no run yet to show this on. Start one: it takes a few seconds."];
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
