// @ts-check
// The filter itself: its name, large, its channels, and the scale of their colours.

import { LargeFilter } from "../../charts/large_filter.js";
import { turn } from "../../control/keyboard.js";
import { channelOf, filterOf } from "../../kernels/slices.js";
import { looksBack } from "../../state/selectors.js";
import { Changes } from "../../views/changes.js";
import { byId, make, write } from "../../views/elements.js";
import { paintBar } from "../../views/legend.js";
import { placesFor, signed } from "../../words/numbers.js";
import { showKernel } from "./pictures.js";
import { looksOf, titleOf } from "./words.js";

/** @typedef {import("./subject.js").Subject} Subject */

const LARGEST = 360;
const PLANE = 108;
const PLANES = ["Red light", "Green light", "Blue light"];
/** How long a filter stands still before Plotly catches up. */
const STILL_MILLISECONDS = 150;

/**
 * @param {import("../../store.js").Store} store
 * @param {import("../../types.js").Commands} commands
 */
export function createSelf(store, commands) {
  const large = new LargeFilter(byId("filter-large"), LARGEST);
  const planes = byId("filter-planes");
  let timer = 0;
  const changes = new Changes();
  let width = 0;
  new ResizeObserver(() => (width = byId("filter-large").clientWidth)).observe(byId("filter-large"));
  byId("filter-back").onclick = () => commands.openScene("live");
  byId("filter-before").onclick = () => turn(store, commands, -1);
  byId("filter-next").onclick = () => turn(store, commands, 1);

  /**
   * Plotly takes longer than a frame: while the film moves, it waits.
   * @param {Pick<Subject, "frame" | "filter" | "limit">} subject
   */
  function measureSoon({ frame, filter, limit }) {
    clearTimeout(timer);
    timer = window.setTimeout(() => {
      const { held, replaying } = store.state.view;
      if (held || replaying) return measureSoon({ frame, filter, limit });
      large.measure(frame, filter, limit);
    }, STILL_MILLISECONDS);
  }

  /** @param {Subject} subject @param {import("../../types.js").State} state */
  function draw(subject, state) {
    const { frame, filter, count, limit } = subject;
    write(
      byId("filter-place"),
      `${filter + 1} of ${count}${looksBack(state) ? ` · step ${frame.step}` : ""}`,
    );
    write(byId("filter-title"), titleOf(subject));
    write(byId("filter-looks"), looksOf(subject));
    if (!changes.found(frame, filter, limit, width)) return;
    large.paintFilter(frame, filter, limit);
    measureSoon(subject);
    drawPlanes(planes, subject);
    drawScale(subject);
  }
  return { draw };
}

/**
 * The channels of a colour filter one by one, in the signed colours.
 * @param {HTMLElement} root
 * @param {Subject} subject
 */
function drawPlanes(root, { frame, filter, limit }) {
  root.hidden = frame.kernel.shape[2] !== 3;
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
  const own = filterOf(frame.kernel, filter);
  root
    .querySelectorAll("canvas")
    .forEach((canvas, channel) => showKernel(canvas, channelOf(own, channel), limit, PLANE));
}

/** @param {Subject} subject */
function drawScale({ limit }) {
  const places = placesFor(limit);
  write(byId("filter-low"), `${signed(-limit, places)} subtracts`);
  write(byId("filter-high"), `adds ${signed(limit, places)}`);
  const bar = /** @type {HTMLCanvasElement} */ (byId("filter-bar"));
  if (!bar.dataset.painted) paintBar(bar, false);
  bar.dataset.painted = "yes";
}
