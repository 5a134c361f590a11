// @ts-check
// The test pictures that the network on the stage takes for something else, the surest mistakes first.

import { api } from "../../net/api.js";
import { decodeArray, decodeShape } from "../../net/typed_array.js";
import { paintPicture } from "../../pictures/paint.js";
import { knows } from "../../state/known.js";
import { byId, make, write } from "../../views/elements.js";
import { countWords, mostWords, takenWords } from "./words.js";

/** @param {import("../../store.js").Store} store */
export function mount(store) {
  let asked = "";
  store.subscribe((state) => {
    const { run, view } = state;
    const key = view.scene === "mistakes" ? `${run?.id} ${run?.status}` : "";
    if (key === asked) return;
    asked = key;
    if (!key) return;
    if (run && knows(state, "data")) show(run.id, () => asked === key);
    else clear("Nothing has been trained here yet: start an experiment, then come back.");
  });
}

/** @param {string} words */
function clear(words) {
  write(byId("mistakes-under"), words);
  write(byId("mistakes-most"), "");
  byId("mistakes-list").replaceChildren();
}

/** @param {string} run @param {() => boolean} isAsked  still, when the answer comes */
async function show(run, isAsked) {
  clear("Trying the test pictures …");
  try {
    const mistakes = await api.mistakes(run);
    if (!isAsked()) return;
    write(byId("mistakes-under"), countWords(mistakes));
    write(byId("mistakes-most"), mostWords(mistakes));
    byId("mistakes-list").replaceChildren(...entries(mistakes));
  } catch (problem) {
    if (isAsked()) clear(/** @type {Error} */ (problem).message);
  }
}

/** @param {import("../../net/answers.js").MistakesAnswer} mistakes */
function entries(mistakes) {
  const { images, label, class_names } = mistakes;
  const shape = decodeShape(images).slice(1);
  const pixels = decodeArray(images);
  const size = shape.reduce((product, length) => product * length, 1);
  return label.map((number, at) => {
    const canvas = make("canvas", { "aria-hidden": "true" });
    const one = pixels.subarray(at * size, (at + 1) * size);
    paintPicture(canvas, one, /** @type {[number, number, number]} */ (shape));
    const words = make("span", { class: "quiet" }, takenWords(mistakes, at));
    return make("li", {}, canvas, make("b", {}, class_names[number]), words);
  });
}
