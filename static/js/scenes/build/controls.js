// @ts-check
// One setting as a row: what it is called, what sets it by hand, and its value to be typed.

import { make, write } from "../../views/elements.js";
import { numberField, slider } from "./numbers.js";
import { mountStart } from "./start.js";

/**
 * @typedef {import("../../recipe_catalogue.js").Setting} Setting
 * @typedef {(value: unknown) => void} Tell
 * @typedef {object} Control  sets a value, and shows it
 * @property {HTMLElement} root
 * @property {(value: unknown) => void} show
 * @property {() => boolean} [isUnread]  whether somebody is writing there what is no value yet
 * @typedef {{root: HTMLElement, show: (value: unknown, problem: string | null) => void}} Row
 */

const MOST_SEGMENTS = 5;
let rows = 0;

/** @param {Setting} setting @param {Tell} tell @returns {Row} */
export function makeRow(setting, tell) {
  const id = `build-setting-${(rows += 1)}`;
  const wrong = make("p", { class: "build-wrong", id: `${id}-wrong`, role: "alert", hidden: true });
  const label = make("span", { class: "build-label", id: `${id}-label` }, setting.label);
  if (setting.hint) label.append(hintOf(setting));
  const say = (/** @type {string | null} */ problem) => {
    wrong.hidden = problem === null;
    write(wrong, problem ?? "");
  };
  const controls = controlsOf(setting, id, tell, say);
  const root = make(
    "div",
    { class: "build-row", "data-setting": setting.name },
    label,
    ...controls.map((control) => control.root),
    wrong,
  );
  return {
    root,
    show(value, problem) {
      for (const control of controls) control.show(value);
      root.classList.toggle("wrong", problem !== null);
      const isUnread = controls.some((control) => control.isUnread?.());
      if (problem !== null || !isUnread) say(problem); // or an answer that comes would take it back
    },
  };
}

/** @param {Setting} setting */
const hintOf = ({ label, hint }) =>
  make("button", { class: "hint", type: "button", "data-says": hint, "aria-label": `About ${label}` }, "?");

/**
 * @param {Setting} setting
 * @param {string} id
 * @param {Tell} tell
 * @param {(problem: string | null) => void} say
 * @returns {Control[]}
 */
function controlsOf(setting, id, tell, say) {
  if (setting.kind === "switch") return [segments(id, YES_AND_NO, tell)];
  if (setting.kind === "start") return [mountStart(setting, id, tell)];
  if (setting.kind === "choice") {
    const choices = (setting.choices ?? []).map(
      ([word, title]) => /** @type {[unknown, string]} */ ([word, title]),
    );
    return [choices.length > MOST_SEGMENTS ? select(id, choices, tell) : segments(id, choices, tell)];
  }
  const number = numberField(setting, id, tell, say);
  if (setting.quick) return [segments(id, setting.quick.map(quickChoice), tell), number];
  return hasSlider(setting) ? [slider(setting, id, tell), number] : [number];
}

/** A seed is as good as any other; nobody slides to one. @param {Setting} setting */
export const hasSlider = ({ name, kind }) => /^(integer|number)$/.test(kind) && !/seed$/.test(name);

/** @type {[unknown, string][]} */
const YES_AND_NO = [
  [true, "yes"],
  [false, "no"],
];

/** @param {number} value @returns {[unknown, string]} */
const quickChoice = (value) => [value, value > 0 && value < 1 ? `${value * 100} %` : String(value)];

/**
 * @param {string} id
 * @param {[unknown, string][]} choices
 * @param {Tell} tell
 * @returns {Control}
 */
export function segments(id, choices, tell) {
  const inputs = choices.map(([value]) =>
    make("input", { type: "radio", name: id, onchange: () => tell(value) }),
  );
  const labels = inputs.map((input, index) => make("label", {}, input, make("span", {}, choices[index][1])));
  const properties = { class: "segments", role: "radiogroup", "aria-labelledby": `${id}-label` };
  return {
    root: make("div", properties, ...labels),
    show: (value) => inputs.forEach((input, index) => (input.checked = choices[index][0] === value)),
  };
}

/** @param {string} id @param {[unknown, string][]} choices @param {Tell} tell @returns {Control} */
export function select(id, choices, tell) {
  const options = choices.map(([value, title]) => make("option", { value: String(value) }, title));
  const root = make("select", { "aria-labelledby": `${id}-label` }, ...options);
  root.onchange = () => tell(choices[root.selectedIndex][0]);
  return { root, show: (value) => (root.value = String(value)) };
}
