// @ts-check
// The headline of a map: what it shows beyond chance, or how far it is.

import { capital, grouped } from "../words/numbers.js";
import { LEAST_SEEDS, differencesOf, opposite } from "./claims.js";
import { hasEnded, isOpen, valuesOf } from "./model.js";
import { MEASURES, counted, placeWords, valueWords } from "./words.js";

/**
 * @typedef {import("./claims.js").Difference} Difference
 * @typedef {import("./model.js").Axis} Axis
 * @typedef {import("./model.js").Measure} Measure
 * @typedef {import("./model.js").Seed} Seed
 * @typedef {import("./model.js").Sweep} Sweep
 */

/**
 * The headline and the line under it. A claim is made of what every cell's seeds gave, or not at all.
 * @param {Sweep} sweep
 * @param {Map<string, Seed[]>} seeds  as shown, by place
 * @param {Measure} measure
 * @returns {{title: string, under: string}}
 */
export function claimOf(sweep, seeds, measure) {
  const { axes, runs } = sweep;
  const ended = sweep.cells.flatMap((cell) => cell.seeds).filter(hasEnded).length;
  if (isOpen(sweep)) {
    const isOne = ended === 1 || runs === 1;
    const title = `${grouped(ended)} of ${counted(runs, "run")} ${isOne ? "is" : "are"} trained.`;
    return { title, under: goingOn(sweep) };
  }
  if (sweep.seeds.length < LEAST_SEEDS)
    return {
      title: `With ${counted(sweep.seeds.length, "seed")} nothing is told from chance.`,
      under: "What differs here may differ by the seeds alone: it takes three or more to say.",
    };
  const values = new Map([...seeds].map(([key, all]) => [key, valuesOf(all, measure)]));
  const all = differencesOf(axes, values);
  const [main] = all;
  if (!main) {
    const { subject } = MEASURES[measure];
    const under = `No two cells of a row or column differ by more than the seeds do, in ${subject}.`;
    return { title: "No setting stands out.", under };
  }
  return largestWords(axes, main, opposite(main, all), measure);
}

/**
 * @param {Axis[]} axes
 * @param {Difference} main
 * @param {Difference | null} other  that goes the other way elsewhere
 * @param {Measure} measure
 */
function largestWords(axes, main, other, measure) {
  const others = placeWords(axes, main.from, main.axis);
  const where = others ? `, at ${others}` : "";
  const it = MEASURES[measure].plural ? "they" : "it";
  const against = other
    ? ` At ${placeWords(axes, other.from, other.axis)} ${movedWords(axes, other, measure, it)}.`
    : "";
  return {
    title: `${capital(axes[main.axis].title)} makes the largest difference${where}.`,
    under: `${capital(movedWords(axes, main, measure, MEASURES[measure].subject))}.${against}`,
  };
}

/** @param {Sweep} sweep */
function goingOn({ status, counts }) {
  const training = counts.running ?? 0;
  if (status === "paused") return "It is paused: no further run begins.";
  if (status === "stopping") return "It is being stopped.";
  if (!training) return "The next run waits for its turn.";
  return `${counted(training, "run trains", "runs train")} now; the map fills by itself.`;
}

/**
 * @param {Axis[]} axes
 * @param {import("./claims.js").Difference} difference
 * @param {Measure} measure
 * @param {string} subject
 */
function movedWords(axes, { axis, from, to, low, high }, measure, subject) {
  const { words } = axes[axis];
  const many = MEASURES[measure].plural;
  const verb = high > low ? (many ? "rise" : "rises") : many ? "fall" : "falls";
  const [one, other] = [valueWords(low, measure), valueWords(high, measure)];
  return `${subject} ${verb} from ${one} with ${words[from[axis]]} to ${other} with ${words[to[axis]]}`;
}
