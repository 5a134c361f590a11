// @ts-check
// A rule as mathematics, typeset by the browser, with the numbers of this shape put in.

import { make } from "../../views/elements.js";
import { said } from "./words.js";

const MATHS = "http://www.w3.org/1998/Math/MathML";

/** @typedef {import("./book.js").Answer} Answer */

/** @param {HTMLElement} root @param {Answer} answer */
export function showFormula(root, answer) {
  const value = answer.distribution === "uniform" ? answer.bound : answer.standard_deviation;
  const draw =
    answer.distribution === "uniform"
      ? "weights evenly from −L to L"
      : `weights normal with deviation σ, cut at ±${said(answer.bound)}`;
  fill(root, answer, parsed(answer.mathml), value, draw);
}

/** The formula as it is widely read. @param {HTMLElement} root @param {Answer} answer */
export function showWrongFormula(root, answer) {
  const maths = parsed(answer.mathml);
  const rooted = maths.querySelector("msqrt");
  rooted?.replaceWith(...rooted.childNodes);
  fill(root, answer, maths, /** @type {number} */ (answer.wrongBound), "");
}

/**
 * @param {HTMLElement} root
 * @param {Answer} answer
 * @param {Element} maths
 * @param {number} value
 * @param {string} draw
 */
function fill(root, answer, maths, value, draw) {
  const key = `${answer.name}/${value}/${answer.bound}`;
  if (root.dataset.key === key) return;
  root.dataset.key = key;
  for (const [tag, text] of [
    ["mo", "="],
    ["mn", said(value)],
  ]) {
    const part = document.createElementNS(MATHS, tag);
    part.textContent = text;
    maths.append(part);
  }
  root.replaceChildren(maths, ...(draw ? [make("span", { class: "quiet" }, draw)] : []));
}

/** @param {string} mathml */
function parsed(mathml) {
  return document.importNode(
    new DOMParser().parseFromString(mathml, "application/xml").documentElement,
    true,
  );
}
