// @ts-check
// The data sets that are there: some of their pictures, what was left out, and what can be done with them.

import { api } from "../../net/api.js";
import { decodeArray, decodeShape } from "../../net/typed_array.js";
import { paintPicture } from "../../pictures/paint.js";
import { make, write } from "../../views/elements.js";
import { classWords, hiddenWords, leftOutWords, needWords, sizeWords } from "./words.js";

/**
 * @typedef {import("../../net/answers.js").DatasetAnswer} DatasetAnswer
 * @typedef {{train: (dataset: DatasetAnswer) => void, removed: () => void,
 *   isTrainedOn: (dataset: DatasetAnswer) => boolean}} ListActs
 */

const SHOWN = 12;
const MISTAKES = "What the network on the stage gets wrong";

/** @param {DatasetAnswer} dataset @param {ListActs} acts */
export function makeEntry(dataset, acts) {
  const strip = make("div", { class: "data-strip", "aria-hidden": "true" });
  const notes = [classWords(dataset), ...(dataset.own?.understood ?? []), hiddenWords(dataset)];
  const train = make("button", { class: "button", type: "button" }, "Train a network on these");
  train.onclick = () => acts.train(dataset);
  const mistakes = make(
    "a",
    { class: "link", href: "?view=mistakes", "data-scene-link": "mistakes" },
    MISTAKES,
  );
  mistakes.hidden = !acts.isTrainedOn(dataset);
  const entry = make(
    "li",
    { class: "data-set", "data-name": dataset.title },
    make("h3", {}, dataset.title),
    make("p", {}, sizeWords(dataset)),
    strip,
    ...notes.filter(Boolean).map((note) => make("p", { class: "quiet" }, note)),
    ...leftOut(dataset),
    make("div", { class: "data-acts" }, train, makeRemoval(dataset, acts), mistakes),
  );
  paint(strip, dataset);
  return entry;
}

/** @param {DatasetAnswer} dataset */
function leftOut(dataset) {
  const words = leftOutWords(dataset);
  if (!words) return [];
  const files = (dataset.own?.left_out ?? []).map(({ name, why }) =>
    make("li", {}, make("b", {}, name), `: ${why}`),
  );
  const list = make("ul", { class: "data-left-out quiet", tabIndex: 0, "aria-label": words }, ...files);
  return [make("details", {}, make("summary", {}, words), list)];
}

/**
 * Asked twice, with the runs that need them in between.
 * @param {DatasetAnswer} dataset
 * @param {ListActs} acts
 */
function makeRemoval(dataset, acts) {
  const ask = make("button", { class: "button", type: "button" }, "Remove …");
  const words = make("p", { class: "quiet", role: "status" });
  const sure = make("button", { class: "button", type: "button" }, "Remove them");
  const stay = make("button", { class: "button", type: "button" }, "Keep them");
  const asked = make("div", { class: "data-acts", hidden: true }, words, sure, stay);
  ask.onclick = async () => {
    const { own } = await api.dataset(dataset.name);
    write(words, needWords(own?.needed_by ?? []));
    [asked.hidden, ask.hidden] = [false, true];
    stay.focus();
  };
  stay.onclick = () => {
    [asked.hidden, ask.hidden] = [true, false];
    ask.focus();
  };
  sure.onclick = async () => {
    await api.removeDataset(dataset.name);
    acts.removed();
  };
  return make("div", {}, ask, asked);
}

/** @param {HTMLElement} strip @param {DatasetAnswer} dataset */
async function paint(strip, { name }) {
  const told = await api.samples(name, 0, SHOWN).catch(() => null);
  if (!told) return;
  const [count, ...shape] = decodeShape(told.images);
  const [pixels, size] = [decodeArray(told.images), shape.reduce((product, length) => product * length, 1)];
  for (let at = 0; at < count; at++) {
    const canvas = make("canvas", { title: told.class_names[told.labels[at]] ?? "" });
    const one = pixels.subarray(at * size, (at + 1) * size);
    paintPicture(canvas, one, /** @type {[number, number, number]} */ (shape));
    strip.append(canvas);
  }
}
