// @ts-check
// One filter large: every number under the pointer, its channels, its facts, and how it became one.

import { cellOf } from "../kernels/atlas.js";
import { channelOf, filterOf } from "../kernels/slices.js";
import { currentFrame, sharedLimit } from "../state/selectors.js";
import { byId, make, write } from "../views/elements.js";
import { factList } from "../views/facts.js";
import { factsOf } from "../words/filters.js";
import { drawCourse } from "./course.js";
import { letRead } from "./reading.js";
import { drawNumbers } from "./numbers.js";
import { paintOne } from "./painting.js";

const LARGE = 396;
const PLANES = ["Red light", "Green light", "Blue light"];

/**
 * @param {import("../store.js").Store} store
 * @param {import("../control/commands.js").Looking} commands
 */
export function mountLarge(store, commands) {
  const dialog = /** @type {HTMLDialogElement} */ (byId("large"));
  const cells = /** @type {HTMLElement} */ (dialog.querySelector(".cells"));
  const canvas = /** @type {HTMLCanvasElement} */ (cells.querySelector("canvas"));
  const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (dialog.querySelector(name));
  const reading = letRead(cells, byId("cell-reading"));
  let drawn = "";

  function draw() {
    const { state } = store;
    const frame = currentFrame(state);
    const { filter } = state.view;
    if (!dialog.open || !frame || filter === null) return;
    const limit = sharedLimit(state);
    const key = [frame.layer, frame.step, filter, cells.clientWidth].join();
    if (key === drawn) return;
    drawn = key;
    entitle(frame, filter);
    const multiple = multipleFor(frame.kernel, dialog.clientWidth);
    paintOne(canvas, frame.kernel, filter, limit, multiple);
    reading.show(frame.kernel, filter, multiple, limit);
    drawPlanes(part(".planes"), frame, filter, limit);
    showFacts(part("dl"), factsOf(frame, filter));
    drawCourse(dialog, state, filter, limit, commands);
    drawNumbers(part(".tables"), frame.kernel, filter);
  }

  store.subscribe(draw);
  addEventListener("resize", draw);
  dialog.addEventListener("close", () => (drawn = ""));
  letTurn(dialog, store, commands);
  return {
    open() {
      if (store.state.view.filter === null) return;
      dialog.showModal();
      draw();
    },
  };
}

/**
 * The buttons to the filters beside it, and the ways out.
 * @param {HTMLDialogElement} dialog
 * @param {import("../store.js").Store} store
 * @param {import("../control/commands.js").Looking} commands
 */
function letTurn(dialog, store, commands) {
  const turn = (/** @type {number} */ by) => {
    const count = currentFrame(store.state)?.kernel.shape[3] ?? 0;
    const { filter } = store.state.view;
    if (count && filter !== null) commands.chooseFilter((filter + by + count) % count);
  };
  dialog.addEventListener("click", (event) => {
    if (!(event.target instanceof Element)) return;
    const button = event.target.closest("[data-go]");
    if (button instanceof HTMLElement) turn(Number(button.dataset.go));
    if (event.target === dialog || event.target.closest("[data-close]")) dialog.close();
  });
}

/** @param {import("../types.js").Frame} frame @param {number} filter */
function entitle({ step, verdicts }, filter) {
  const label = verdicts?.label[filter];
  write(byId("large-title"), `Filter ${filter + 1}${label ? `: ${label}` : ""}, step ${step}`);
  write(byId("large-course"), verdicts ? "How it became one" : "How it changed");
}

/**
 * Pixels a cell, as many as there is room for.
 * @param {import("../types.js").Kernel} kernel
 * @param {number} room
 */
function multipleFor({ shape }, room) {
  return Math.max(1, Math.floor(Math.min(LARGE, room - 40) / cellOf(shape).width));
}

/** @param {HTMLElement} list @param {import("../words/filters.js").Fact[]} facts */
function showFacts(list, facts) {
  list.replaceChildren(...factList(facts).children);
  list.querySelectorAll("dd").forEach((value, index) => write(value, facts[index].value));
}

/**
 * The channels of a colour filter one by one, in the signed colours.
 * @param {HTMLElement} root
 * @param {import("../types.js").Frame} frame
 * @param {number} filter
 * @param {number} limit
 */
function drawPlanes(root, { kernel }, filter, limit) {
  root.replaceChildren();
  if (kernel.shape[2] !== 3) return;
  const room = Math.min(108, (root.clientWidth - 24) / 3);
  PLANES.forEach((words, channel) => {
    const canvas = make("canvas", {});
    paintOne(
      canvas,
      channelOf(filterOf(kernel, filter), channel),
      0,
      limit,
      Math.max(1, Math.floor(room / kernel.shape[1])),
    );
    root.append(make("figure", {}, canvas, make("figcaption", {}, words)));
  });
}
