// @ts-check
// Why a filter is called what it is: beside the ideal that comes nearest, and against chance.

import { FAMILIES } from "../../contract.js";
import { filterOf } from "../../kernels/slices.js";
import { byId, icon, make, setGlyph, write } from "../../views/elements.js";
import { fixed, percent } from "../../words/numbers.js";
import { showKernel } from "./pictures.js";
import { because, coloursOf, whyTitle } from "./words.js";

/**
 * @typedef {import("./subject.js").Subject} Subject
 * @typedef {import("./answers.js").Told} Told
 * @typedef {import("../../net/answers.js").Chance} Chance
 * @typedef {import("../../net/answers.js").TemplateShares} TemplateShares
 */

const PICTURE = 117;

export class Why {
  /** What chance reaches, by the shape of the filters: it doesn't change. @type {Map<string, Chance>} */
  #chances = new Map();

  constructor() {
    this.rows = FAMILIES.map(makeRow);
    byId("filter-shares").append(...this.rows.map(({ row }) => row));
  }

  /** @param {Subject} subject @param {Told} told */
  draw(subject, told) {
    const { frame, filter, limit, deep } = subject;
    byId("filter-why").hidden = deep || !frame.verdicts;
    if (!frame.verdicts || deep) return;
    const label = frame.verdicts.label[filter];
    const chance = this.#chanceOf(subject, told);
    const { value, current } = told.filter;
    const shares =
      frame.verdicts.template_r2?.[filter] ?? (current ? sharesOf(value?.story.template_r2) : null);
    write(byId("filter-why-title"), whyTitle(label));
    write(
      byId("filter-because"),
      because(label, frame.verdicts.coherence[filter], shares, chance?.coherence),
    );
    drawShares(this.rows, shares, chance, label);
    showKernel(byId("filter-own"), filterOf(frame.kernel, filter), limit, PICTURE);
    write(byId("filter-own-words"), `filter ${filter + 1}`);
    drawIdeal(told.filter, limit, label);
    drawNumbers(subject, frame.verdicts, chance);
  }

  /** @param {Subject} subject @param {Told} told */
  #chanceOf({ frame }, { filter: { value, current } }) {
    const shape = frame.kernel.shape.slice(0, 3).join();
    if (value?.story.chance && value.layer === frame.layer && current)
      this.#chances.set(shape, value.story.chance);
    return this.#chances.get(shape);
  }
}

/**
 * @param {Subject} subject
 * @param {import("../../types.js").Verdicts} verdicts
 * @param {Chance | undefined} chance
 */
function drawNumbers(subject, verdicts, chance) {
  write(byId("filter-direction"), fixed(verdicts.coherence[subject.filter]));
  write(byId("filter-direction-words"), chance ? `random stays below ${fixed(chance.coherence)}` : "");
  write(byId("filter-score"), fixed(verdicts.score[subject.filter]));
  const [colours, meaning] = coloursOf(subject);
  write(byId("filter-colours"), colours);
  write(byId("filter-colours-words"), meaning);
}

/** @param {TemplateShares | null | undefined} shares */
const sharesOf = (shares) => (shares ? FAMILIES.map((name) => shares[name]) : null);

/** @param {typeof FAMILIES[number]} name */
function makeRow(name) {
  const glyph = icon(`glyph-${name}`, "glyph");
  const filled = make("span", { class: `filled ${name}` });
  const mark = make("span", { class: "mark", hidden: true });
  const number = make("dd");
  const row = make(
    "div",
    {},
    make("dt", {}, glyph, name),
    make("dd", { class: "share", "aria-hidden": "true" }, filled, mark),
    number,
  );
  return { name, row, glyph, filled, mark, number };
}

/**
 * @param {ReturnType<typeof makeRow>[]} rows
 * @param {number[] | null} shares
 * @param {Chance | undefined} chance
 * @param {string} label
 */
function drawShares(rows, shares, chance, label) {
  rows.forEach(({ name, row, glyph, filled, mark, number }, at) => {
    const share = shares?.[at] ?? 0;
    setGlyph(glyph, name);
    row.classList.toggle("named", name === label);
    filled.style.width = `${100 * share}%`;
    write(number, shares ? percent(share) : "");
    const level = chance?.template_r2[name];
    mark.hidden = level === undefined;
    if (level !== undefined) mark.style.left = `${100 * level}%`;
    number.title = level === undefined ? "" : `99 of 100 random filters stay below ${percent(level)}`;
  });
}

/** @param {Told["filter"]} answer @param {number} limit @param {string} label */
function drawIdeal({ value }, limit, label) {
  const template = value?.story.template;
  const canvas = byId("filter-ideal");
  canvas.closest("figure").classList.toggle("empty", !template);
  if (!template) return write(byId("filter-ideal-words"), "");
  const [height, width] = template.pixels.shape;
  const channels = template.amplitude.length;
  const weights = Float32Array.from(
    { length: height * width * channels },
    (_, at) => template.pixels.values[Math.floor(at / channels)] * template.amplitude[at % channels],
  );
  showKernel(canvas, { shape: [height, width, channels, 1], weights }, limit, PICTURE);
  write(
    byId("filter-ideal-words"),
    template.family === label ? `ideal ${label}` : `nearest: ideal ${template.family}`,
  );
}
