// @ts-check
// A map with its side column and its scrubber. It asks nobody: what is shown of a moment is handed in.

import { low, narrowerThan } from "../views/breakpoints.js";
import { make, write } from "../views/elements.js";
import { grouped } from "../words/numbers.js";
import { drawChooser, layoutIn, measureIn, measuresOf } from "./chooser.js";
import { claimOf } from "./claim_words.js";
import { makeFrame } from "./frame.js";
import { Grid } from "./grid.js";
import { isOpen, keyOf } from "./model.js";
import { chosenIn, filtersOf, momentIn, reachedBy, totalOf } from "./reading.js";
import { Side, bestOf } from "./side.js";
import { makeTable } from "./table.js";
import { momentWords } from "./moments.js";
import { TimeAxis } from "./time.js";
import { counted, doubtWords } from "./words.js";

/**
 * @typedef {import("./model.js").Sweep} Sweep
 * @typedef {import("./model.js").Seed} Seed
 * @typedef {import("../types.js").Kernel} Kernel
 * @typedef {{kernels: Map<string, Kernel>, values: Map<string, Seed[]>, limit: number}} Moment  by place;
 *   values of the seeds then
 * @typedef {import("./reading.js").Details} Details
 * @typedef {{choose: (details: Details) => void, open: ((run: string) => void) | null}} Acts
 */

/** So small that the map is its table. */
const phone = narrowerThan("phone");
const isTiny = () => phone.matches && low.matches;

export class Board {
  /** @param {HTMLElement} root @param {Acts} acts */
  constructor(root, acts) {
    this.acts = acts;
    this.frame = makeFrame(root);
    this.side = new Side(this.frame, acts.open);
    this.grid = new Grid(this.frame.grid, {
      choose: (at) => acts.choose({ cell: keyOf(at) }),
      open: (at) => this.#open(at),
    });
    this.time = new TimeAxis(this.frame.scrubber, this.frame.replay, (moment) =>
      acts.choose({ moment: moment === null ? "" : String(moment) }),
    );
    /** @type {{sweep: Sweep, details: Details, moment: Moment, seedKernels: Map<number, Kernel>} | null} */
    this.shown = null;
    this.frame.table.ontoggle = () => this.#drawTable();
  }

  /** @param {number[]} at */
  #open(at) {
    const seeds = this.shown?.sweep.cells.find((cell) => keyOf(cell.at) === keyOf(at))?.seeds;
    const run = seeds?.find((seed) => seed.run && seed.step > 0)?.run ?? seeds?.find((seed) => seed.run)?.run;
    if (run) this.acts.open?.(run);
  }

  /**
   * @param {Sweep} sweep
   * @param {Details} details
   * @param {Moment} moment
   * @param {Map<number, Kernel>} seedKernels  of the chosen cell
   */
  draw(sweep, details, moment, seedKernels) {
    this.shown = { sweep, details, moment, seedKernels };
    const layout = layoutIn(details, sweep.axes.length);
    const measure = measureIn(details, sweep);
    const seeds = new Map(sweep.cells.map((cell) => [keyOf(cell.at), cell.seeds]));
    for (const [key, values] of moment.values) if (seeds.has(key)) seeds.set(key, values);
    const { title, under } = claimOf(sweep, seeds, measure);
    write(this.frame.title, title);
    write(this.frame.under, under);
    drawChooser(this.frame.choices, sweep, details, (choice) => this.acts.choose(choice));
    const at = chosenIn(details, sweep, layout);
    this.grid.arrange(sweep, layout, at);
    const whys = new Map(sweep.impossible.map((one) => [keyOf(one.at), one.message]));
    const best = bestOf(seeds.values());
    const { limit } = moment;
    for (const [key, cell] of this.grid.cells) {
      const kernel = moment.kernels.get(key) ?? null;
      cell.draw({ seeds: seeds.get(key), kernel, limit, measure, best, why: whys.get(key) ?? "" });
    }
    const chosen = { at, seeds: seeds.get(keyOf(at)), kernels: seedKernels };
    this.side.draw({ sweep, ...chosen, best, limit, why: whys.get(keyOf(at)) ?? "" });
    this.#drawRest(sweep, details);
    this.#drawTable(seeds);
  }

  /** @param {Sweep} sweep @param {Details} details */
  #drawRest(sweep, details) {
    const axis = { total: totalOf(sweep), moment: momentIn(details, sweep) };
    this.time.draw(axis, reachedBy(sweep));
    const [state, quiet] = this.frame.state.children;
    const isUnder = axis.moment === null && isOpen(sweep);
    const where = isUnder ? "as far as they are" : momentWords(axis);
    write(state, `All ${grouped(sweep.runs)} ${where}`);
    write(quiet, `seed${sweep.seeds.length > 1 ? "s" : ""} ${sweep.seeds.join(", ")}`);
    write(this.frame.doubt.children[1], doubtWords(sweep, filtersOf(sweep)));
    const left = sweep.impossible.length;
    const out = left ? `; ${counted(left, "cell")} can’t be` : "";
    const open = this.acts.open ? " Enter, or a click on the chosen cell, opens its run." : "";
    const about = `${counted(sweep.runs, "run")} in ${counted(sweep.cell_count, "cell")}${out}.${open}`;
    write(this.frame.about, `${about} One colour scale for all filters.`);
  }

  /** @param {Map<string, Seed[]>} [seeds] */
  #drawTable(seeds) {
    const { table } = this.frame;
    if (!this.shown || (!table.open && !isTiny())) return;
    if (isTiny()) table.open = true;
    const { sweep, moment } = this.shown;
    const made = makeTable(sweep, seeds ?? moment.values, measuresOf(sweep));
    table
      .querySelector("div")
      ?.replaceChildren(
        make(
          "div",
          { class: "map-scroll", tabIndex: 0, role: "group", "aria-label": "The map as a table" },
          made,
        ),
      );
  }
}
