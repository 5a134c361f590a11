// @ts-check
// What can't be, told at the block where it arises, with mends to click.

import { make } from "../../views/elements.js";
import { inLabels } from "../../words/fields.js";
import { PICTURE } from "./draft.js";
import { misfitWords } from "./words.js";

/**
 * @typedef {import("./draft.js").Draft} Draft
 * @typedef {import("./planning.js").Plan} Plan
 * @typedef {import("../../net/answers.js").PlanProblem} Problem
 * @typedef {(problem: Problem, mend: number) => void} Mend
 */

/** The problems that a box tells of now: a mend is taken from these. @type {WeakMap<Element, Problem[]>} */
const told = new WeakMap();

/**
 * @param {HTMLElement} box
 * @param {Problem[]} problems
 * @param {Draft} draft
 * @param {Plan | null} plan
 * @param {Mend} mend
 */
export function showFaults(box, problems, draft, plan, mend) {
  const before = told.get(box) ?? [];
  told.set(box, problems);
  box.hidden = problems.length === 0;
  if (wordsIn(before) === wordsIn(problems)) return;
  const faults = problems.map((problem, place) =>
    faultOf(problem, draft, plan, (index) => mend((told.get(box) ?? [])[place], index)),
  );
  box.replaceChildren(...faults);
}

/** @param {Problem[]} problems */
const wordsIn = (problems) =>
  JSON.stringify(problems.map(({ message, mends }) => [message, ...mends.map(({ sentence }) => sentence)]));

/** The block at which a problem is told; null where it is how it learns. @param {Problem} problem */
export function blockOf({ layer, field }) {
  if (layer !== null) return layer;
  return /^(dataset|scaling|pixels|labels|data_seed|layers)\b/.test(field ?? "") ? PICTURE : null;
}

/**
 * @param {Problem} problem
 * @param {Draft} draft
 * @param {Plan | null} plan
 * @param {(mend: number) => void} take
 */
function faultOf(problem, draft, plan, take) {
  const misfit = misfitWords(draft.recipe, problem, plan?.layers ?? []);
  const words = misfit
    ? [make("strong", {}, misfit.lead), ` ${misfit.rest}`]
    : [inLabels(problem.message, problem.field)];
  const mends = problem.mends.map(({ sentence }, index) => {
    const look = index === 0 ? "button filled" : "button";
    return make("button", { class: look, type: "button", onclick: () => take(index) }, sentence);
  });
  return make("div", { class: "build-fault" }, make("p", {}, ...words), make("p", {}, ...mends));
}
