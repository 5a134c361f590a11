// @ts-check
// The filter itself: its name, large, its channels, and the scale of their colours.

import { LargeFilter } from "../../charts/large_filter.js";
import { turn } from "../../control/keyboard.js";
import { channelOf, filterOf } from "../../kernels/slices.js";
import { isMoving, looksBack } from "../../state/selectors.js";
import { Changes } from "../../views/changes.js";
import { byId, make, write } from "../../views/elements.js";
import { paintBar } from "../../views/legend.js";
import { placesFor, signed } from "../../words/numbers.js";
import { stepNamed } from "../../words/steps.js";
import { showKernel } from "./pictures.js";
import { looksOf, titleOf } from "./words.js";

/** @typedef {import("./subject.js").Subject} Subject */

const LARGEST = 360;
const PLANE = 108;
const PLANES = ["Red light", "Green light", "Blue light"];
/** How long a filter stands still before Plotly catches up. */
const STILL_MILLISECONDS = 150;

export class FilterItself {
  #timer = 0;
  #width = 0;
  #changes = new Changes();

  /**
   * @param {import("../../store.js").Store} store
   * @param {import("../../types.js").Commands} commands
   */
  constructor(store, commands) {
    this.store = store;
    const room = byId("filter-large");
    this.large = new LargeFilter(room, LARGEST);
    new ResizeObserver(() => (this.#width = room.clientWidth)).observe(room);
    byId("filter-back").onclick = () => commands.openScene("live");
    byId("filter-before").onclick = () => turn(store, commands, -1);
    byId("filter-next").onclick = () => turn(store, commands, 1);
  }

  /**
   * @param {Subject} subject
   * @param {import("../../types.js").State} state
   * @param {any} answer  the last one on any filter, or null
   */
  draw(subject, state, answer) {
    const { frame, filter, count, shown, shownLimit } = subject;
    const step = looksBack(state) ? ` · ${stepNamed(state.run, frame.step)}` : "";
    write(byId("filter-place"), `${filter + 1} of ${count}${step}`);
    write(byId("filter-title"), titleOf(subject));
    write(byId("filter-looks"), looksOf(subject, answer));
    if (!this.#changes.found(shown, filter, shownLimit, this.#width)) return;
    this.large.paintFilter(shown, filter, shownLimit);
    this.#measureSoon(subject);
    drawPlanes(byId("filter-planes"), subject);
    drawScale(subject);
  }

  /** Plotly takes longer than a frame: while the film moves, it waits. @param {Subject} subject */
  #measureSoon(subject) {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => {
      if (isMoving(this.store.state)) return this.#measureSoon(subject);
      this.large.measure(subject.shown, subject.filter, subject.shownLimit);
    }, STILL_MILLISECONDS);
  }
}

/**
 * The channels of a colour filter one by one, in the signed colours.
 * @param {HTMLElement} root
 * @param {Subject} subject
 */
function drawPlanes(root, { shown, filter, shownLimit }) {
  root.hidden = shown.kernel.shape[2] !== 3;
  if (root.hidden) return;
  if (!root.children.length) {
    root.append(
      ...PLANES.map((words) =>
        make(
          "figure",
          {},
          make("canvas", { role: "img", "aria-label": words }),
          make("figcaption", {}, words),
        ),
      ),
    );
  }
  const own = filterOf(shown.kernel, filter);
  root
    .querySelectorAll("canvas")
    .forEach((canvas, channel) => showKernel(canvas, channelOf(own, channel), shownLimit, PLANE));
}

/** @param {Subject} subject */
function drawScale({ shownLimit: limit }) {
  const places = placesFor(limit);
  write(byId("filter-low"), `${signed(-limit, places)} subtracts`);
  write(byId("filter-high"), `adds ${signed(limit, places)}`);
  const bar = /** @type {HTMLCanvasElement} */ (byId("filter-bar"));
  if (!bar.dataset.painted) paintBar(bar, false);
  bar.dataset.painted = "yes";
}
