// @ts-check
// The small switches: weights or difference, one scale or each its own, which layer; and the doubt.

import { judgesDifference } from "../state/added.js";
import { streamedLayer } from "../state/run.js";
import { isFromElsewhere, titleOf } from "../state/watched.js";
import { ADDED_DOUBT } from "../words/added.js";
import { faresOf } from "../words/layers.js";
import { byId, make, onChoice, write } from "./elements.js";

/** @param {import("../store.js").Store} store @param {import("../types.js").Commands} commands */
export function mountChoices(store, commands) {
  mountSwitches(store);
  mountLayers(store, commands);
  store.subscribe((state) => {
    check("mode", state.view.mode);
    check("scale", state.view.scale);
    showDoubt(state, commands);
  });
}

/** How the filters are shown. @param {import("../store.js").Store} store */
export function mountSwitches(store) {
  onChoice("mode", (value) => {
    store.dispatch({ type: "mode_chosen", mode: value === "difference" ? value : "weights" });
  });
  onChoice("scale", (value) => {
    store.dispatch({ type: "scale_chosen", scale: value === "own" ? value : "shared" });
  });
}

/**
 * Which layer stands on the stage.
 * @param {import("../store.js").Store} store
 * @param {import("../control/commands.js").Looking} commands
 */
export function mountLayers(store, commands) {
  const layer = byId("layer");
  layer.onchange = () => commands.chooseLayer(layer.value);
  store.subscribe((state) => showLayers(layer, state));
}

/** @param {string} name @param {string} value */
function check(name, value) {
  const radio = document.querySelector(`input[name="${name}"][value="${value}"]`);
  if (radio instanceof HTMLInputElement && !radio.checked) radio.checked = true;
}

/** @param {HTMLSelectElement} select @param {import("../types.js").State} state */
function showLayers(select, state) {
  const layers = state.run?.layers ?? [];
  select.hidden = layers.length < 2;
  const words = layers.map((name) => layerWords(state, name));
  const key = [...layers, ...words].join("\n");
  if (select.dataset.key !== key) {
    select.dataset.key = key;
    select.replaceChildren(...layers.map((name, at) => make("option", { value: name }, words[at])));
  }
  select.value = state.view.layer ?? streamedLayer(state);
}

/**
 * A layer's name; of somebody's network what he calls it, and how it fares.
 * @param {import("../types.js").State} state
 * @param {string} name
 */
const layerWords = (state, name) =>
  isFromElsewhere(state) ? `${titleOf(state.run, name)}: ${faresOf(state, name).words}` : name;

/** @param {import("../types.js").State} state @param {import("../types.js").Commands} commands */
function showDoubt(state, commands) {
  const name = state.run ? state.run.preset : state.choice.preset;
  const doubt = state.presets?.find((preset) => preset.name === name)?.doubt;
  const ownWords = doubt ?? "Edges in the first layer do not mean that the network understands.";
  const words = judgesDifference(state) ? ADDED_DOUBT : ownWords;
  const line = byId("doubt");
  if (line.dataset.words === words || state.missing) return;
  line.dataset.words = words;
  line.replaceChildren(make("b", {}, "What this does not prove. "));
  line.append(
    ...linked(
      words,
      (state.presets ?? []).filter((preset) => preset.name !== name),
      commands,
    ),
  );
}

/**
 * Words with a link wherever they call another experiment by its title.
 * @param {string} words
 * @param {import("../types.js").Preset[]} others
 * @param {import("../types.js").Commands} commands
 * @returns {(string | Node)[]}
 */
function linked(words, others, commands) {
  const other = others.find(({ title }) => words.includes(title));
  if (!other) return [words];
  const at = words.indexOf(other.title);
  const link = make(
    "button",
    { class: "link", type: "button", onclick: () => commands.choosePreset(other.name) },
    other.title,
  );
  return [words.slice(0, at), link, words.slice(at + other.title.length)];
}

/** Shows what could not be done until it is read. @param {import("../store.js").Store} store */
export function mountProblem(store) {
  const toast = byId("toast");
  store.subscribe((state) => {
    toast.hidden = state.problem === null;
    if (state.problem === null || toast.dataset.words === state.problem) return;
    toast.dataset.words = state.problem;
    const close = make(
      "button",
      { class: "link", type: "button", onclick: () => store.dispatch({ type: "problem_read" }) },
      "Close",
    );
    toast.replaceChildren(make("strong", {}, "That did not work. "), state.problem, " ", close);
  });
}

/** @param {HTMLElement} button @param {string} text */
export function sayDone(button, text) {
  const words = button.dataset.words ?? button.textContent ?? "";
  button.dataset.words = words;
  write(button, text);
  button.classList.add("done");
  setTimeout(() => {
    write(button, words);
    button.classList.remove("done");
  }, 1600);
}
