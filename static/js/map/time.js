// @ts-check
// The one scrubber of a map: a step where all runs have as many, else a share of each run's own length.

import { roundSteps, shareAlong } from "../charts/axis.js";
import { make, write } from "../views/elements.js";
import { percent } from "../words/numbers.js";
import { momentAt, momentWords, placeOf } from "./moments.js";

/**
 * @typedef {import("./moments.js").Axis} Axis
 * @typedef {(number | null)[]} Stops  the only moments there are, where not all are
 */

const FILM_MILLISECONDS = 4000;
const [LETTER, ROOM] = [6.8, 30];
const STEPS_AT_A_KEY = 0.02;
const still = matchMedia("(prefers-reduced-motion: reduce)");
/** @type {Record<string, number>} shares of the axis */
const KEYS = {
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
  PageDown: -5,
  PageUp: 5,
  Home: -99,
  End: 99,
};

export class TimeAxis {
  /** @type {Axis} */
  #axis = { total: 0, moment: null };
  #ticks = "";
  #playing = 0;
  /** @type {Stops | null} */
  stops = null;

  /** @param {HTMLElement} root @param {HTMLElement} replay @param {(moment: number | null) => void} tell */
  constructor(root, replay, tell) {
    this.root = root;
    this.tell = tell;
    this.replay = replay;
    const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (root.querySelector(name));
    this.filled = part(".filled");
    this.scale = part(".ticks");
    this.thumb = part(".thumb");
    root.addEventListener("pointerdown", (event) => this.#press(event));
    root.addEventListener(
      "pointermove",
      (event) => root.hasPointerCapture(event.pointerId) && this.#to(event),
    );
    this.thumb.addEventListener("keydown", (event) => this.#key(event));
    replay.onclick = () => (this.#playing ? this.stop() : this.#play());
    new ResizeObserver(() => this.#drawTicks()).observe(root);
  }

  /** @param {Axis} axis @param {number} reached  how far the runs are, 0 to 1 */
  draw(axis, reached) {
    this.#axis = axis;
    const place = placeOf(axis);
    this.filled.style.width = `${100 * reached}%`;
    this.thumb.style.translate = `${100 * place}cqi`;
    this.thumb.ariaValueMax = String(axis.total ?? 100);
    this.thumb.ariaValueNow = String(
      axis.moment === null ? (axis.total ?? 100) : axis.total === null ? 100 * axis.moment : axis.moment,
    );
    this.thumb.ariaValueText = axis.moment === null ? "The newest of each run" : `All ${momentWords(axis)}`;
    this.#drawTicks();
  }

  /** @param {number} place  0 to 1; at the nearest stop, where there are some */
  #look(place) {
    const { total } = this.#axis;
    const far = (/** @type {number | null} */ moment) => Math.abs(placeOf({ total, moment }) - place);
    const near = this.stops?.reduce((one, other) => (far(other) < far(one) ? other : one));
    this.tell(near === undefined ? momentAt(place, total) : near);
  }

  #drawTicks() {
    const { total } = this.#axis;
    const width = this.root.clientWidth;
    const key = `${total} ${width}`;
    if (!width || key === this.#ticks) return;
    this.#ticks = key;
    const room = (ROOM + LETTER * String(total ?? 100).length) / width;
    const places = total === null ? [0, 0.25, 0.5, 0.75, 1] : roundSteps(total, room);
    const ticks = places.map((place) => {
      const tick = make("span", { class: "tick" }, total === null ? percent(place) : String(place));
      tick.style.left = `${100 * (total === null ? place : shareAlong(place, total))}%`;
      return tick;
    });
    this.scale.replaceChildren(...ticks);
  }

  /** @param {PointerEvent} event */
  #press(event) {
    if (event.button !== 0) return;
    this.root.setPointerCapture(event.pointerId);
    this.thumb.focus();
    event.preventDefault();
    this.#to(event);
  }

  /** @param {PointerEvent} event */
  #to(event) {
    const { left, width } = this.root.getBoundingClientRect();
    this.stop();
    this.#look((event.clientX - left) / width);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (!(event.key in KEYS)) return;
    event.preventDefault();
    this.stop();
    if (this.stops) return this.#toStop(this.stops, KEYS[event.key]);
    const { total, moment } = this.#axis;
    const by = KEYS[event.key] * STEPS_AT_A_KEY;
    let place = placeOf(this.#axis);
    do place += by;
    while (place > 0 && place < 1 && momentAt(place, total) === moment); // near 0 a step is wide
    this.#look(place);
  }

  /** @param {Stops} stops @param {number} by */
  #toStop(stops, by) {
    const at = stops.indexOf(this.#axis.moment) + by;
    this.tell(stops[Math.max(0, Math.min(stops.length - 1, at))]);
  }

  stop() {
    cancelAnimationFrame(this.#playing);
    this.#playing = 0;
    write(this.replay.querySelector("span") ?? this.replay, "Replay");
  }

  /** In four seconds, from where one looks; with reduced motion in ten jumps. */
  #play() {
    const from = placeOf(this.#axis) >= 1 ? 0 : placeOf(this.#axis);
    const began = performance.now();
    const show = (/** @type {number} */ now) => {
      const share = from + Math.max(0, now - began) / FILM_MILLISECONDS;
      this.#look(still.matches ? Math.floor(share * 10) / 10 : share);
      if (share >= 1) return this.stop();
      this.#playing = requestAnimationFrame(show);
    };
    this.#playing = requestAnimationFrame(show);
    write(this.replay.querySelector("span") ?? this.replay, "Stop");
  }
}
