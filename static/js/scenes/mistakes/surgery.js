// @ts-check
// The chosen filter: what is named rightly without it, its switch, and what it costs class by class.

import { byId, icon, make, setGlyph, write } from "../../views/elements.js";
import { Changes } from "../../views/changes.js";
import { signed } from "../../words/numbers.js";
import { ranked, tileOf } from "./ranking.js";
import { costsWords, figureOf, switchedWords, titleWords } from "./worth_words.js";

/**
 * @typedef {import("../../types.js").Frame} Frame
 * @typedef {import("../../state/switched.js").Switched} Switched
 * @typedef {import("../../net/answers.js").AblationAnswer} Ablation
 * @typedef {{accuracy: number, per_class: (number | null)[]}} Outcome
 * @typedef {{worth: Ablation | null, without: Ablation | null}} Known  of the step looked at, or the last
 */

const MOST_CLASSES = 12;

export class Surgery {
  #changes = new Changes();
  #pictured = new Changes();

  /** @param {import("../../views/filter_switch.js").FilterSwitch} filterSwitch */
  constructor(filterSwitch) {
    this.filterSwitch = filterSwitch;
    this.glyph = icon("glyph-noise", "glyph");
    byId("surgery-title").after(this.glyph);
  }

  /**
   * @param {Known} known
   * @param {Frame} frame
   * @param {number} filter
   * @param {Switched | null} switched  filters of its layer
   */
  draw(known, frame, filter, switched) {
    this.filterSwitch.draw(frame.layer, filter);
    if (!this.#changes.found(known.worth, known.without, frame, filter, switched && JSON.stringify(switched)))
      return;
    const label = frame.verdicts?.label[filter];
    const degrees = frame.verdicts?.orientation_degrees[filter] ?? 0;
    if (this.#pictured.found(frame, filter)) byId("surgery-picture").replaceChildren(tileOf(frame, filter));
    setGlyph(this.glyph, label, degrees);
    write(byId("surgery-title"), titleWords(switched, filter));
    byId("surgery-all").hidden = byId("surgery-draw").hidden = !switched;
    drawOutcome(outcomeOf(known, filter, switched), switched, label, degrees);
  }
}

/**
 * Before and after: with what is switched, or else with the chosen filter off.
 * @param {Known} known
 * @param {number} filter
 * @param {Switched | null} switched
 * @returns {{names: string[], before: Outcome, after: Outcome} | null}
 */
export function outcomeOf({ worth, without }, filter, switched) {
  if (switched) {
    if (!without?.together || !isOf(without, switched)) return null;
    return { names: without.class_names, before: without, after: without.together };
  }
  const after = worth?.filters.find((one) => one.filter === filter);
  return worth && after ? { names: worth.class_names, before: worth, after } : null;
}

/** @param {Ablation} told @param {Switched} switched */
const isOf = ({ layer, how, filters }, switched) =>
  layer === switched.layer &&
  how === switched.how &&
  filters.map(({ filter }) => filter).join() === switched.filters.join();

/**
 * @param {ReturnType<typeof outcomeOf>} outcome
 * @param {Switched | null} switched
 * @param {string | undefined} label
 * @param {number} degrees
 */
function drawOutcome(outcome, switched, label, degrees) {
  byId("surgery-outcome").hidden = !outcome;
  write(byId("surgery-figure"), outcome ? figureOf(outcome) : "…");
  write(byId("surgery-caption"), switchedWords(switched));
  if (!outcome) return;
  byId("surgery-classes").replaceChildren(...barsOf(outcome));
  write(byId("surgery-costs"), costsWords(outcome, switched ? undefined : label, degrees));
}

/** @param {NonNullable<ReturnType<typeof outcomeOf>>} outcome */
function barsOf({ names, before, after }) {
  const rows = names.map((name, at) => ({ name, was: before.per_class[at], is: after.per_class[at] }));
  const changed = (/** @type {typeof rows[number]} */ { was, is }) => Math.abs((is ?? 0) - (was ?? 0));
  const shown =
    rows.length > MOST_CLASSES
      ? rows.sort((one, other) => changed(other) - changed(one)).slice(0, MOST_CLASSES)
      : rows;
  return shown.map(({ name, was, is }) => {
    if (was === null || is === null)
      return make("div", {}, make("dt", {}, name), make("dd", {}, "no picture of it"));
    const kept = make("span", { class: "kept" });
    kept.style.width = `${100 * Math.min(was, is)}%`;
    const moved = make("span", { class: is < was ? "lost" : "won" });
    moved.style.width = `${100 * Math.abs(is - was)}%`;
    const points = Math.round(100 * (is - was));
    const number = make("span", { class: `number${points < 0 ? " less" : ""}` }, signed(points, 0));
    const track = make("span", { class: "surgery-track", "aria-hidden": "true" }, kept, moved);
    return make("div", {}, make("dt", { title: name }, name), make("dd", {}, track, number));
  });
}

/**
 * The one that is looked at: the address's, else the dearest.
 * @param {Ablation | null} worth
 * @param {number | null} filter
 * @param {number} count
 */
export const chosenFilter = (worth, filter, count) =>
  filter !== null && filter < count ? filter : worth ? (ranked(worth)[0]?.filter ?? 0) : 0;
