// @ts-check
// One setting as a row: what it is called, what sets it by hand, and its value to be typed.

import { make, write } from "../../views/elements.js";
import { placeOf, PLACES, valueAt } from "./scale.js";
import { mountStart } from "./start.js";

/**
 * @typedef {import("../../recipe_catalogue.js").Setting} Setting
 * @typedef {(value: unknown) => void} Tell
 * @typedef {{root: HTMLElement, show: (value: unknown) => void}} Control  sets a value, and shows it
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
      say(problem);
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

/** @param {Setting} setting @param {string} id @param {Tell} tell @returns {Control} */
function slider(setting, id, tell) {
  const root = make("input", {
    type: "range",
    min: "0",
    max: String(PLACES),
    "aria-labelledby": `${id}-label`,
  });
  let shown = 0;
  root.oninput = () => tell(valueAt(setting, Number(root.value)));
  root.onkeydown = (event) => {
    const by = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key];
    if (!by || setting.kind !== "integer") return;
    event.preventDefault(); // or a press might move the slider and leave the number as it is
    tell(Math.max(setting.minimum ?? 0, Math.min(setting.maximum ?? Infinity, shown + by)));
  };
  return {
    root,
    show(value) {
      shown = Number(value ?? 0);
      const place = String(placeOf(setting, shown));
      if (root.value !== place) root.value = place;
      root.style.setProperty("--place", `${(Number(place) / PLACES) * 100}%`);
      root.setAttribute("aria-valuetext", numberText(shown));
    },
  };
}

/**
 * @param {Setting} setting
 * @param {string} id
 * @param {Tell} tell
 * @param {(problem: string | null) => void} say
 * @returns {Control}
 */
function numberField(setting, id, tell, say) {
  const whole = setting.kind === "integer";
  const root = make("input", {
    class: "build-number",
    type: "text",
    inputMode: whole ? "numeric" : "decimal",
    autocomplete: "off",
    "aria-labelledby": `${id}-label`,
    "aria-describedby": `${id}-wrong`,
  });
  root.oninput = () => {
    const value = numberIn(root.value, whole);
    if (value === null) return say(`${setting.label} must be a ${whole ? "whole " : ""}number.`);
    say(null);
    tell(value);
  };
  return {
    root,
    show(value) {
      const text = value === null || value === undefined ? "" : String(value);
      root.placeholder = text ? "" : "as its size";
      const isTyping = document.activeElement === root && numberIn(root.value, whole) === value;
      if (!isTyping && root.value !== text) root.value = text;
    },
  };
}

/** The number that a text says, with a comma as well; null where it says none. @param {string} text @param {boolean} whole */
export function numberIn(text, whole) {
  const plain = text.trim().replace(",", ".");
  const value = Number(plain);
  if (plain === "" || !Number.isFinite(value)) return null;
  return whole && !/^-?\d+$/.test(plain) ? null : value;
}

/** @param {number} value */
const numberText = (value) => (Math.abs(value) >= 1000 ? value.toLocaleString("en") : String(value));
