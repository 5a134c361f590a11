// @ts-check
// One filter, large: its numbers under the pointer, its channels, and how it became what it is.

import { LargeFilter } from "../charts/large_filter.js";
import { roundSteps } from "../charts/axis.js";
import { cellOf, paintAtlas } from "../kernels/atlas.js";
import { indexAt } from "../state/frames.js";
import { currentFrame, lastStep, sharedLimit, shownFrames } from "../state/selectors.js";
import { factsOf } from "../words/filters.js";
import { byId, icon, make, setGlyph, write } from "./elements.js";
import { factList } from "./facts.js";

/** @typedef {import("../types.js").Frame} Frame */

const PLANES = ["Red light", "Green light", "Blue light"];
const COURSE_ROOM = 0.1;

/**
 * @param {import("../store.js").Store} store
 * @param {import("../types.js").Commands} commands
 */
export function mountInspector(store, commands) {
  const dialog = /** @type {HTMLDialogElement} */ (byId("inspector"));
  const large = new LargeFilter(/** @type {HTMLElement} */ (dialog.querySelector(".large")));
  let drawn = "";

  function draw() {
    const { state } = store;
    const frame = currentFrame(state);
    const { filter } = state.view;
    if (!dialog.open || !frame || filter === null) return;
    const limit = sharedLimit(state);
    const key = [frame.step, frame.layer, filter, limit, shownFrames(state).length, state.run?.id].join();
    if (key === drawn) return;
    drawn = key;
    const label = frame.verdicts?.label[filter];
    write(byId("inspector-title"), `Filter ${filter + 1}${label ? `: ${label}` : ""}, step ${frame.step}`);
    large.draw(frame, filter, limit);
    drawPlanes(/** @type {HTMLElement} */ (dialog.querySelector(".planes")), frame, filter, limit);
    drawFacts(dialog, frame, filter);
    drawCourse(dialog, state, filter, limit, frame, commands);
  }

  store.subscribe(draw);
  dialog.addEventListener("close", () => (drawn = ""));
  dialog.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-go]") : null;
    if (button instanceof HTMLElement) turn(store, commands, Number(button.dataset.go));
  });
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "ArrowLeft") turn(store, commands, -1);
    if (event.key === "ArrowRight") turn(store, commands, 1);
  });
  return {
    open() {
      if (store.state.view.filter === null || !currentFrame(store.state)) return;
      dialog.showModal();
      draw();
    },
  };
}

/** @param {import("../store.js").Store} store @param {import("../types.js").Commands} commands @param {number} by */
function turn(store, commands, by) {
  const count = currentFrame(store.state)?.kernel.shape[3] ?? 0;
  const { filter } = store.state.view;
  if (count && filter !== null) commands.chooseFilter((filter + by + count) % count);
}

/** @param {HTMLElement} dialog @param {Frame} frame @param {number} filter */
function drawFacts(dialog, frame, filter) {
  const facts = factsOf(frame, filter);
  const list = /** @type {HTMLElement} */ (dialog.querySelector("dl"));
  const names = facts.map(({ name }) => name).join();
  if (list.dataset.names !== names) {
    list.replaceChildren(...factList(facts).children);
    list.dataset.names = names;
  }
  list.querySelectorAll("dd").forEach((value, index) => write(value, facts[index].value));
}

/** The channels of a colour filter one by one, in the signed colours. @param {HTMLElement} root @param {Frame} frame @param {number} filter @param {number} limit */
function drawPlanes(root, { kernel }, filter, limit) {
  const [height, width, channels, count] = kernel.shape;
  root.replaceChildren();
  if (channels !== 3) return;
  PLANES.forEach((words, channel) => {
    const weights = new Float32Array(height * width);
    for (let at = 0; at < weights.length; at++) weights[at] = kernel.weights[(at * channels + channel) * count + filter];
    const canvas = paintSmall({ shape: [height, width, 1, 1], weights }, 0, limit, 108);
    root.append(make("figure", {}, canvas, make("figcaption", {}, words)));
  });
}

/** @param {HTMLElement} dialog @param {import("../types.js").State} state @param {number} filter @param {number} limit @param {Frame} current @param {import("../types.js").Commands} commands */
function drawCourse(dialog, state, filter, limit, current, commands) {
  const frames = shownFrames(state);
  const last = lastStep(state);
  const shown = new Set(roundSteps(last, COURSE_ROOM).map((step) => Math.max(0, indexAt(frames, step))));
  const buttons = [...shown].filter((index) => frames[index]).map((index) => {
    const frame = frames[index];
    const glyph = /** @type {any} */ (icon("glyph-noise", "glyph"));
    setGlyph(glyph, frame.verdicts?.label[filter], frame.verdicts?.orientation_degrees[filter]);
    const properties = { type: "button", "aria-label": `Look at step ${frame.step}`, onclick: () => commands.lookAt(frame.step) };
    const button = make("button", properties, paintSmall(frame.kernel, filter, limit, 54), glyph, String(frame.step));
    if (frame === current) button.setAttribute("aria-current", "true");
    return button;
  });
  const course = /** @type {HTMLElement} */ (dialog.querySelector(".course"));
  const focused = [...course.children].indexOf(/** @type {Element} */ (document.activeElement));
  course.replaceChildren(...buttons);
  if (focused >= 0) buttons[focused]?.focus();
}

/** @param {import("../types.js").Kernel} kernel @param {number} filter @param {number} limit @param {number} size  about, in CSS pixels */
function paintSmall(kernel, filter, limit, size) {
  const [height, width, channels, count] = kernel.shape;
  const weights = new Float32Array(height * width * channels);
  for (let at = 0; at < weights.length; at++) weights[at] = kernel.weights[at * count + filter];
  const one = { shape: /** @type {[number, number, number, number]} */ ([height, width, channels, 1]), weights };
  const cell = cellOf(one.shape);
  const canvas = /** @type {HTMLCanvasElement} */ (make("canvas", { width: cell.width, height: cell.height }));
  const multiple = Math.max(1, Math.floor(size / cell.width));
  canvas.style.width = `${cell.width * multiple}px`;
  canvas.style.height = `${cell.height * multiple}px`;
  canvas.getContext("2d")?.putImageData(paintAtlas(one, () => limit, null), 0, 0);
  return canvas;
}
