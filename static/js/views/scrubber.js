// @ts-check
// The time axis under everything: its filled part is the progress, its thumb is where one looks.

import { roundSteps, shareAlong, stepAt, along } from "../charts/axis.js";
import { moments } from "../state/moments.js";
import { isLive, lastStep, playhead, totalSteps } from "../state/selectors.js";
import { grouped } from "../words/numbers.js";
import { stepNamed } from "../words/steps.js";
import { Changes } from "./changes.js";
import { byId, make } from "./elements.js";
import { moveByKey } from "./frame_keys.js";

/** @typedef {import("../types.js").State} State */

/** How wide a letter is under the marks, in CSS pixels, and how wide in a presentation. */
const LETTER = 6.8;
const LARGE_LETTER = 9.6;

/**
 * @param {import("../store.js").Store} store
 * @param {import("../control/commands.js").Looking} commands
 */
export function mountScrubber(store, commands) {
  const scrubber = new Scrubber(byId("scrubber"), commands);
  store.subscribe((state) => scrubber.draw(state));
  new ResizeObserver(() => scrubber.resize(store.state)).observe(scrubber.root);
  letDrag(scrubber.root, store, commands);
  scrubber.thumb.addEventListener("keydown", (event) => moveByKey(event, store, commands));
}

class Scrubber {
  #width = 0;
  #ticks = new Changes();
  #marks = new Changes();

  /** @param {HTMLElement} root @param {import("../control/commands.js").Looking} commands */
  constructor(root, commands) {
    this.root = root;
    this.commands = commands;
    this.thumb = /** @type {HTMLElement} */ (root.querySelector(".thumb"));
    this.filled = /** @type {HTMLElement} */ (root.querySelector(".filled"));
    this.earlier = /** @type {HTMLElement} */ (root.querySelector(".earlier"));
  }

  /** @param {State} state */
  resize(state) {
    this.#width = this.root.clientWidth;
    this.#drawTicks(state);
    this.#drawMarks(state);
  }

  /** @param {State} state */
  draw(state) {
    const total = axisEnd(state);
    const reached = Math.max(state.run?.step ?? 0, lastStep(state));
    this.filled.style.width = `${shareAlong(reached, total) * 100}%`;
    const begins = state.run?.continues?.step ?? 0;
    this.earlier.style.width = `${shareAlong(begins, total) * 100}%`;
    this.thumb.setAttribute("aria-valuemin", String(begins));
    // Moved, not laid out anew.
    this.thumb.style.translate = `${100 * shareAlong(playhead(state), total)}cqi`;
    this.thumb.ariaValueMax = String(lastStep(state));
    this.thumb.ariaValueNow = String(playhead(state));
    this.thumb.ariaValueText = spokenPlace(state, total);
    this.#drawTicks(state);
    this.#drawMarks(state);
  }

  /** @param {State} state */
  #drawTicks(state) {
    const total = axisEnd(state);
    const last = totalSteps(state);
    const letter = letterIn(state);
    if (!this.#width || !this.#ticks.found(total, last, this.#width, letter)) return;
    const room = (14 + 1.05 * letter * String(last).length) / this.#width;
    const ticks = roundSteps(last, room).map((step) =>
      this.#within(make("span", { class: "tick" }, String(step)), step, total, letter),
    );
    this.root.querySelector(".ticks")?.replaceChildren(...ticks);
  }

  /** @param {State} state */
  #drawMarks(state) {
    const total = axisEnd(state);
    const letter = letterIn(state);
    const shown = spaced(moments(state), total, this.#width / letter);
    if (!this.#marks.found(JSON.stringify(shown), total, this.#width)) return;
    const buttons = shown.map(({ step, words }) => {
      const onclick = () => this.commands.lookAt(step);
      const properties = { class: "mark", type: "button", onclick, title: stepNamed(state.run, step) };
      return this.#within(make("button", properties, words), step, total, letter);
    });
    this.root.querySelector(".marks")?.replaceChildren(...buttons);
  }

  /**
   * Words at their step, moved where they would lie over what is beside the axis.
   * @param {HTMLElement} element
   * @param {number} step
   * @param {number} total
   * @param {number} letter  how wide, in CSS pixels
   */
  #within(element, step, total, letter) {
    const width = this.#width / letter;
    const share = shareAlong(step, total);
    const shift = share * width - middleOf(share, element.textContent?.length ?? 0, width);
    element.style.left = `${share * 100}%`;
    element.style.setProperty("--shift", `${Math.round(shift * letter)}px`);
    return element;
  }
}

/** @param {State} state */
const letterIn = ({ view }) => (view.scene === "present" ? LARGE_LETTER : LETTER);

/** How much further than the last step the axis of a run goes whose end nobody knows. */
const BEYOND = 1.06;

/** Where the axis ends. @param {State} state */
const axisEnd = (state) => (isOpen(state) ? stepAt(BEYOND * along(totalSteps(state))) : totalSteps(state));

/** Whether more steps may come, and nobody knows how many. @param {State} state */
const isOpen = (state) => state.run?.total_steps === null && isLive(state);

/** @param {State} state @param {number} total */
function spokenPlace(state, total) {
  const live = state.view.step === null && isLive(state) ? ", live" : "";
  const place = stepNamed(state.run, playhead(state));
  return isOpen(state) ? `${place}, no end known${live}` : `${place} of ${grouped(total)}${live}`;
}

/** So far words may reach beyond either end, in letters. */
const OVER = 1.4;

/**
 * Where words at that share of the axis have their middle, in letters.
 * @param {number} share
 * @param {number} letters
 * @param {number} width  of the axis
 */
function middleOf(share, letters, width) {
  const reach = letters / 2 - OVER;
  return Math.max(reach, Math.min(width - reach, share * width));
}

/**
 * Marks that don't lie on each other; earlier ones in the list come first.
 * @param {{step: number, words: string}[]} found
 * @param {number} total
 * @param {number} width  in letters
 */
function spaced(found, total, width) {
  /** @type {typeof found} */
  const kept = [];
  const middle = (/** @type {{step: number, words: string}} */ { step, words }) =>
    middleOf(shareAlong(step, total), words.length, width);
  for (const mark of found) {
    const far = (/** @type {{step: number, words: string}} */ other) =>
      Math.abs(middle(mark) - middle(other)) > (mark.words.length + other.words.length) / 2 + 1.2;
    if (kept.every(far)) kept.push(mark);
  }
  return kept;
}

/**
 * @param {HTMLElement} root
 * @param {import("../store.js").Store} store
 * @param {import("../control/commands.js").Looking} commands
 */
function letDrag(root, store, commands) {
  const look = (/** @type {PointerEvent} */ event) => {
    const { left, width } = root.getBoundingClientRect();
    const share = Math.max(0, Math.min(1, (event.clientX - left) / width));
    commands.lookAt(Math.round(stepAt(share * along(axisEnd(store.state)))));
  };
  root.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || (event.target instanceof Element && event.target.closest(".mark"))) return;
    root.setPointerCapture(event.pointerId);
    store.dispatch({ type: "scrubber_held", held: true });
    /** @type {HTMLElement | null} */ (root.querySelector(".thumb"))?.focus();
    event.preventDefault();
    look(event);
  });
  root.addEventListener("pointermove", (event) => root.hasPointerCapture(event.pointerId) && look(event));
  root.addEventListener("lostpointercapture", () => store.dispatch({ type: "scrubber_held", held: false }));
}
