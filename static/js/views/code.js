// @ts-check
// “Your line of code”: what is pasted is read by the server, word by word, and can be trained.

import { Reading } from "../control/reading.js";
import { firstConvolution, leadOf, sumOf, wordMeaning } from "../words/code.js";
import { byId, make, write } from "./elements.js";

const REST_MILLISECONDS = 250;
const HINT = "Point at a word, and it says what it makes.";

/**
 * @typedef {import("../net/answers.js").CodeRead} CodeRead
 */

/** @param {import("../store.js").Store} store @param {import("../types.js").Commands} commands */
export function mountCode(store, commands) {
  const dialog = /** @type {HTMLDialogElement} */ (byId("code"));
  const text = /** @type {HTMLTextAreaElement} */ (byId("code-text"));
  const reading = new Reading({ onRead: show, onRefused: refuse });
  const read = () => reading.of(text.value);
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let rest;
  text.oninput = () => {
    clearTimeout(rest);
    rest = setTimeout(read, REST_MILLISECONDS);
  };
  byId("code-open").onclick = () => {
    dialog.showModal();
    text.select();
    read();
  };
  byId("code-form").onsubmit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    const meant = await read();
    if (!meant || store.state.pending !== null) return;
    if (await commands.startRecipe(meant.recipe)) return dialog.close();
    write(byId("code-problem"), store.state.problem ?? "");
    store.dispatch({ type: "problem_read" });
  };
}

/** @param {string} why */
function refuse(why) {
  byId("code-read").hidden = true;
  byId("code-train").disabled = true;
  write(byId("code-problem"), why);
}

/** @param {CodeRead} read @param {import("../net/answers.js").Preview["layers"]} plans */
function show(read, plans) {
  const layers = /** @type {import("../types.js").Recipe["layers"]} */ (read.recipe.layers);
  const plan = plans[layers.indexOf(firstConvolution(layers))];
  write(byId("code-problem"), "");
  write(byId("code-lead"), leadOf(layers));
  write(byId("code-sum"), sumOf(layers, plan));
  write(byId("code-word"), HINT);
  byId("code-words").replaceChildren(...wordsOf(read, layers));
  byId("code-notes").replaceChildren(...read.notes.map(({ sentence }) => make("li", {}, sentence)));
  byId("code-read").hidden = false;
  byId("code-train").disabled = false;
}

/**
 * The code, each word that was understood as a button.
 * @param {CodeRead} read
 * @param {import("../types.js").Recipe["layers"]} layers
 */
function wordsOf({ code, words }, layers) {
  /** @type {(Node | string)[]} */
  const parts = [];
  let place = 0;
  for (const { start, end, means, layer } of words) {
    if (start < place) continue;
    parts.push(code.slice(place, start));
    const tell = () =>
      write(byId("code-word"), wordMeaning(means, layer === null ? undefined : layers[layer]));
    const properties = { type: "button", onclick: tell, onfocus: tell, onpointerenter: tell };
    parts.push(make("button", properties, code.slice(start, end)));
    place = end;
  }
  return [...parts, code.slice(place)];
}
