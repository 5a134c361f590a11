// @ts-check
// What came of it: a row for each way, with its filters as they are, a bar, and a mark for each seed.

import { ownLimits, paintAtlas } from "../../kernels/atlas.js";
import { filterOf } from "../../kernels/slices.js";
import { make, write } from "../../views/elements.js";
import { grouped } from "../../words/numbers.js";
import { ASIDES, TITLES, mean, points, spreadWords } from "./trial_words.js";

/**
 * @typedef {import("./trial_ways.js").Way} Way
 * @typedef {import("./trial_run.js").TrialRun} TrialRun
 * @typedef {{way: Way, runs: TrialRun[], aside: string}} Row  its runs by seed; what stands beside its title
 */

const WIDTH = 320;
const GAP = 2;
/** @type {Record<string, string>} */
const WAITS = { queued: "waits in line", paused: "paused", stalled: "stands still", stopping: "stopping" };

/** @param {TrialRun[]} runs  the shares of right answers of those that have any */
export const answersOf = (runs) => runs.flatMap((run) => (run.accuracy === null ? [] : [run.accuracy]));

/**
 * @param {HTMLElement} list
 * @param {Row[]} rows
 * @param {number} guess  the share of right answers that guessing gives
 * @param {(run: TrialRun) => void} open
 */
export function drawRows(list, rows, guess, open) {
  const key = rows.map(({ way }) => way).join();
  if (list.dataset.key !== key) list.replaceChildren(...rows.map(({ way }) => makeRow(way)));
  list.dataset.key = key;
  rows.forEach((row, at) => fillRow(/** @type {HTMLElement} */ (list.children[at]), row, guess, open));
}

/** @param {Way} way */
function makeRow(way) {
  const bar = make(
    "div",
    { class: "trial-bar", role: "img" },
    make("span", { class: "trial-filled" }),
    make("span", { class: "trial-guess" }),
  );
  return make(
    "li",
    { class: "trial-row", "data-way": way },
    make("h3", {}, make("span", {}, TITLES[way]), make("small"), make("b")),
    make("div", { class: "trial-filters", "aria-hidden": "true" }),
    bar,
    make("p", { class: "quiet" }, make("span"), make("button", { class: "link", type: "button" }, "Open")),
  );
}

/**
 * @param {HTMLElement} element
 * @param {Row} row
 * @param {number} guess
 * @param {(run: TrialRun) => void} open
 */
function fillRow(element, { way, runs, aside }, guess, open) {
  const [title, filters, bar, note] = /** @type {HTMLCollectionOf<HTMLElement>} */ (element.children);
  const answers = answersOf(runs);
  const newest = runs.at(-1);
  write(title.children[1], [aside, ASIDES[way]].filter(Boolean).join(", "));
  write(title.children[2], answers.length ? points(mean(answers)) : "");
  paintFilters(filters, newest?.kernel ?? null);
  fillBar(bar, answers, guess);
  const link = /** @type {HTMLButtonElement} */ (note.lastElementChild);
  write(/** @type {Element} */ (note.firstElementChild), noteOf(runs));
  link.hidden = !newest;
  link.onclick = () => newest && open(newest);
  link.ariaLabel = `Open the run: ${TITLES[way]} ${ASIDES[way]}`.trimEnd();
}

/** Where the runs of a row stand. @param {TrialRun[]} runs */
export function noteOf(runs) {
  const broken = runs.find(({ problem }) => problem);
  if (broken) return broken.problem;
  const live = runs.find(({ isGoingOn }) => isGoingOn);
  if (live) return WAITS[live.status] ?? `step ${grouped(live.step)} of ${grouped(live.total)}`;
  if (!runs.length) return "not trained yet";
  if (runs.some(({ counts }) => !counts)) return "stopped before its end";
  return spreadWords(answersOf(runs));
}

/** @param {HTMLElement} bar @param {number[]} answers @param {number} guess */
function fillBar(bar, answers, guess) {
  const [filled, guessing] = /** @type {HTMLCollectionOf<HTMLElement>} */ (bar.children);
  filled.style.width = `${answers.length ? 100 * mean(answers) : 0}%`;
  guessing.style.left = `${100 * guess}%`;
  while (bar.children.length > 2 + answers.length) bar.lastElementChild?.remove();
  while (bar.children.length < 2 + answers.length) bar.append(make("span", { class: "trial-seed" }));
  answers.forEach((share, at) => {
    const mark = /** @type {HTMLElement} */ (bar.children[2 + at]);
    mark.style.left = `${100 * share}%`;
    mark.hidden = answers.length < 2;
  });
  bar.ariaLabel = answers.length
    ? `${points(mean(answers))} right; guessing gives ${points(guess)}`
    : "no answers yet";
}

/** @type {WeakMap<Element, import("../../types.js").Kernel | null>} */
const painted = new WeakMap();

/**
 * Every filter on a scale of its own, at a whole multiple of its size.
 * @param {HTMLElement} root
 * @param {import("../../types.js").Kernel | null} kernel
 */
function paintFilters(root, kernel) {
  if (painted.get(root) === kernel && root.dataset.painted) return;
  painted.set(root, kernel);
  root.dataset.painted = "yes";
  if (!kernel) return root.replaceChildren();
  const count = kernel.shape[3];
  while (root.children.length > count) root.lastElementChild?.remove();
  while (root.children.length < count) root.append(make("canvas"));
  const scale = scaleOf(kernel.shape);
  for (let filter = 0; filter < count; filter++) {
    const canvas = /** @type {HTMLCanvasElement} */ (root.children[filter]);
    const own = filterOf(kernel, filter);
    const image = paintAtlas(own, () => ownLimits(own)[0]);
    if (canvas.width !== image.width) canvas.width = image.width;
    if (canvas.height !== image.height) canvas.height = image.height;
    canvas.style.width = `${image.width * scale}px`;
    canvas.getContext("2d")?.putImageData(image, 0, 0);
  }
}

/** As large as lets sixteen lie side by side. @param {import("../../types.js").Kernel["shape"]} shape */
const scaleOf = ([, size, , count]) =>
  Math.max(1, Math.min(6, Math.floor((WIDTH / Math.min(count, 16) - GAP) / size)));
