// @ts-check
// The guided tour: questions, answered on the run in front of the viewer.

import { TOUR_STEPS } from "../state/tour.js";
import { byId } from "../views/elements.js";
import { atMostEvery } from "../views/headline.js";
import { loadSheet } from "../views/sheet.js";
import { Card } from "./card.js";
import { Guessed } from "./guessed.js";
import { Guests } from "./guests.js";
import { listenToKeys } from "./keys.js";
import { Pointer } from "./pointer.js";
import { remember } from "./remembered.js";
import { stepOf } from "./steps.js";
import { askedOf, isCaughtUp, offerOf, startsNext, toldOf } from "./told.js";

/**
 * @typedef {import("../types.js").State} State
 */

const EYE_MILLISECONDS = 250;
const EAR_MILLISECONDS = 6000;

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
    this.guessed = new Guessed();
    this.ways = {
      next: () => this.#next(),
      back: () => this.#go(Math.max(1, this.#here - 1)),
      leave: () => this.#go(null),
      offer: () => this.guests.take(offerOf(store.state)),
      show: () => this.#lead(store.state),
      folded: () => this.pointer.bringAgain(),
      guess: (/** @type {number} */ count) => this.#guess(count),
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
    const { state } = this.store;
    if (startsNext(state)) this.commands.start();
    if (this.#here < TOUR_STEPS) return this.#go(this.#here + 1);
    this.#go(null);
    remember(null);
  }

  /** @param {number} count  of filters that will be edges or lines */
  #guess(count) {
    const asked = askedOf(this.store.state, null);
    if (asked) this.guessed.keep({ count, of: asked.of, run: this.store.state.run?.id ?? null });
    this.#tell();
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
    this.card.tell(toldOf(state, this.guessed.about(state.run?.id ?? null)));
    this.pointer.place();
  }

  #leave() {
    this.#shown = 0;
    this.#led = "";
    this.card.root.hidden = true;
    this.pointer.stop();
    this.guests.hold(false);
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
      this.card.fold(false);
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
    this.guests.prepare();
    this.guests.hold(stepOf(shown).atStart === true);
    return this.store.state.view.tour === this.#shown;
  }
}

/** Whenever this changes, the pointer is aimed anew. @param {State} state */
function keyOf(state) {
  const here = state.view.tour ?? 1;
  const { scene, selector, layer } = stepOf(here).at(state);
  return [here, state.run?.id, isCaughtUp(state), scene, selector.replace(/\d+/, ""), layer].join();
}
