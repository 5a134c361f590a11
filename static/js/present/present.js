// @ts-check
// The presentation: the film, the headline, one curve and the scrubber, to be read from the last row.

import { headline } from "../words/headline.js";
import { spokenFilter } from "../words/filters.js";
import { currentFrame, sharedLimit, totalSteps } from "../state/selectors.js";
import { Changes } from "../views/changes.js";
import { scrolling } from "../views/breakpoints.js";
import { byId, write } from "../views/elements.js";
import { atMostEvery } from "../views/headline.js";
import { Montage } from "../views/montage.js";
import { drawCurve } from "./curve.js";
import { mountJoining } from "./joining.js";
import { mountLeading } from "./leading.js";
import { Lecture } from "./lecture.js";
import { QUANTITIES, isThere, summaryOf, valueNow } from "./quantities.js";

/** @typedef {import("../types.js").State} State */

const HEAD_MILLISECONDS = 250;
const EAR_MILLISECONDS = 5000;
/** How wide a tile is over which any label fits, in heights of its letters. */
const LONGEST_WORD = 8.5;

/**
 * @param {import("../store.js").Store} store
 * @param {import("../types.js").Commands} commands
 */
export function mount(store, commands) {
  const presentation = new Presentation(store);
  byId("present-film").onclick = (/** @type {MouseEvent} */ event) => {
    const tile = event.target instanceof Element ? event.target.closest(".tile") : null;
    const filter = tile instanceof HTMLElement ? Number(tile.dataset.filter) : null;
    if (filter !== null) commands.chooseFilter(store.state.view.filter === filter ? null : filter);
  };
  byId("present-end").onclick = () => commands.openScene("live");
  const leader = mountLeading(store);
  mountJoining(store, leader);
  const lecture = new Lecture(store, commands, leader);
  presentation.giveWayTo(lecture);
  keepWholeScreen(store, commands, lecture);
  store.subscribe(() => presentation.draw());
}

class Presentation {
  #chosen = "oriented";
  #filmChanges = new Changes();
  #curveChanges = new Changes();

  /** What may fill the presentation in place of the curve. @type {Lecture | null} */
  #lecture = null;

  /** @param {import("../store.js").Store} store */
  constructor(store) {
    this.store = store;
    this.film = new Montage(byId("present-film"), {
      gap: 12,
      caption: () => (this.#lecture?.hidesCaptions ? 0 : 34),
      interactive: true,
      height: (root) => (scrolling.matches ? Infinity : root.clientHeight),
      columns: (count) => (scrolling.matches && count > 4 ? 4 : undefined),
      roomy: () => LONGEST_WORD * parseFloat(getComputedStyle(byId("present-film")).fontSize),
    });
    this.svg = byId("present-curve");
    this.tell = this.#sometimes(
      HEAD_MILLISECONDS,
      (state) => this.#lecture?.isOn || write(byId("present-headline"), headline(state)),
    );
    this.say = this.#sometimes(EAR_MILLISECONDS, (state) => this.#describe(state));
    byId("present-choice").onchange = (/** @type {Event} */ event) =>
      this.#choose(/** @type {HTMLInputElement} */ (event.target).value);
    new ResizeObserver(() => this.draw()).observe(this.svg);
  }

  /** @param {Lecture} lecture */
  giveWayTo(lecture) {
    let wasHidden = false;
    this.#lecture = lecture;
    lecture.onShown = () => {
      if (wasHidden !== lecture.hidesCaptions) this.film.resize();
      wasHidden = lecture.hidesCaptions;
      this.draw();
    };
    lecture.onShown();
  }

  get #isShown() {
    return this.store.state.view.scene === "present";
  }

  /** @param {number} milliseconds @param {(state: State) => void} call */
  #sometimes(milliseconds, call) {
    return atMostEvery(milliseconds, () => this.#isShown && call(this.store.state));
  }

  /** @param {State} state */
  #describe(state) {
    this.svg.setAttribute("aria-label", summaryOf(state, QUANTITIES[this.#chosen]));
  }

  /** @param {string} quantity */
  #choose(quantity) {
    this.#chosen = quantity;
    this.#describe(this.store.state);
    this.draw();
  }

  draw() {
    const { state } = this.store;
    if (!this.#isShown) return;
    this.tell();
    this.say();
    const frame = currentFrame(state);
    const limit = sharedLimit(state);
    if (this.#filmChanges.found(frame, limit)) {
      this.film.draw(frame && { frame, limitOf: () => limit });
      if (frame) this.film.caption(frame, (filter) => spokenFilter(frame, filter));
    }
    this.film.select(state.view.filter);
    this.#drawCurve(state);
  }

  /** @param {State} state */
  #drawCurve(state) {
    for (const input of byId("present-choice").querySelectorAll("input"))
      input.disabled = !isThere(state, input.value);
    if (!isThere(state, this.#chosen)) this.#chosen = "oriented";
    byId("present-choice").querySelector(`[value="${this.#chosen}"]`).checked = true;
    const { frames, evaluations, view } = state;
    const { clientWidth, clientHeight } = this.svg;
    const shown = [this.#chosen, frames, evaluations, view.step, totalSteps(state)];
    if (!this.#curveChanges.found(...shown, clientWidth, clientHeight)) return;
    const quantity = QUANTITIES[this.#chosen];
    const now = valueNow(state, quantity.of(state));
    write(byId("present-curve-title"), quantity.title);
    write(byId("present-value"), now === null ? "" : (quantity.sayNow?.(state) ?? quantity.say(now)));
    drawCurve(this.svg, state, quantity);
  }
}

/**
 * The whole screen and the presentation end together; a question stays until it is ended.
 * @param {import("../store.js").Store} store
 * @param {import("../types.js").Commands} commands
 * @param {Lecture} lecture
 */
function keepWholeScreen(store, commands, lecture) {
  document.addEventListener("fullscreenchange", () => {
    if (!document.fullscreenElement && !lecture.isOn && store.state.view.scene === "present")
      commands.openScene("live");
  });
  store.subscribe(({ view }, before) => {
    const isOver = before.view.scene === "present" && view.scene !== "present";
    if (isOver && document.fullscreenElement) document.exitFullscreen();
  });
}
