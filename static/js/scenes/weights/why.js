// @ts-check
// Why the bound is what it is: the signal's size, the rule's reason, and the widely read mistake.

import { byId, make, write } from "../../views/elements.js";
import { grouped } from "../../words/numbers.js";
import { showWrongFormula } from "./formula.js";
import { reasons, signal, times, wrongWords } from "./words.js";

/** @param {import("./book.js").Answer} answer */
export function showReasons(answer) {
  const { name, fan_in, fan_out, standard_deviation, bound, wrongBound } = answer;
  write(byId("weights-fan-in"), grouped(fan_in));
  showSignal("weights-right", signal(fan_in, fan_out, standard_deviation));
  write(byId("weights-right").querySelector("th"), name);
  showText(byId("weights-reasons"), reasons(name));
  byId("weights-wrong").hidden = byId("weights-mistake").hidden = wrongBound === null;
  if (wrongBound === null) return;
  showSignal("weights-wrong", signal(fan_in, fan_out, (standard_deviation * wrongBound) / bound));
  showWrongFormula(byId("weights-mistake").querySelector(".formula"), answer);
  write(byId("weights-mistake-words"), wrongWords(answer));
}

/** @param {string} id @param {{forward: number, back: number}} size */
function showSignal(id, { forward, back }) {
  const cells = byId(id).querySelectorAll("td");
  write(cells[0], times(forward));
  write(cells[1], times(back));
}

/** @param {HTMLElement} root @param {string[]} paragraphs */
function showText(root, paragraphs) {
  const text = paragraphs.join("\n");
  if (root.dataset.text === text) return;
  root.dataset.text = text;
  root.replaceChildren(...paragraphs.map((words) => make("p", {}, words)));
}
