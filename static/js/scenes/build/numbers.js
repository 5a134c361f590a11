// @ts-check
// A number: slid to, or typed.

import { make } from "../../views/elements.js";
import { placeOf, PLACES, valueAt } from "./scale.js";

/**
 * @typedef {import("../../recipe_catalogue.js").Setting} Setting
 * @typedef {import("./controls.js").Control} Control
 * @typedef {import("./controls.js").Tell} Tell
 */

/** @param {Setting} setting @param {string} id @param {Tell} tell @returns {Control} */
export function slider(setting, id, tell) {
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
export function numberField(setting, id, tell, say) {
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
  const isUnread = () => document.activeElement === root && numberIn(root.value, whole) === null;
  return {
    root,
    show(value) {
      const text = value === null || value === undefined ? "" : String(value);
      root.placeholder = text ? "" : "as its size";
      const isTyping = document.activeElement === root && numberIn(root.value, whole) === value;
      if (!isTyping && !isUnread() && root.value !== text) root.value = text;
    },
    isUnread,
  };
}

/**
 * The number that a text says, with a comma as well; null where it says none.
 * @param {string} text
 * @param {boolean} whole
 */
export function numberIn(text, whole) {
  const plain = text.trim().replace(",", ".");
  const value = Number(plain);
  if (plain === "" || !Number.isFinite(value)) return null;
  return whole && !/^-?\d+$/.test(plain) ? null : value;
}

/** @param {number} value */
const numberText = (value) => (Math.abs(value) >= 1000 ? value.toLocaleString("en") : String(value));
