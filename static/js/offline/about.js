// @ts-check
// The story in words, what was trained on what, and what it doesn't prove.

import { byId, make, write } from "../views/elements.js";
import { holding } from "./layers.js";
import { UNKNOWN, whose } from "../words/known.js";
import { layersOf, networkOf, trainingOf } from "./recipe.js";
import { story } from "./story.js";

const COMPLETE = "This file is complete: it needs no network.";
const SHARED = "It needs the files of the site that it is part of, and nothing else.";

/** @param {import("./saved.js").Saved} saved @param {import("../types.js").State} state */
export function mountAbout(saved, state) {
  const { run, preset, dataset, version } = saved;
  const made = run.created_at.slice(0, 10);
  write(byId("saved-what"), `A saved run: ${run.name}, ${made}`);
  const doubt = preset?.doubt ?? "Edges in the first layer do not mean that the network understands.";
  byId("about").append(
    part("What happened", ...story(state).map((words) => make("p", {}, words))),
    part("What this does not prove", make("p", {}, doubt)),
    part(
      "What was trained on what",
      facts({
        Pictures: dataset ? `${dataset.title}. ${dataset.sentence}` : UNKNOWN.data,
        Network: run.recipe ? networkOf(run.recipe) : layersOf(run),
        Training: run.recipe ? trainingOf(run.recipe, run.total_steps ?? run.step) : whose(run),
      }),
    ),
    part(
      "This file",
      facts({
        Holds: `${holding(saved)}; every weight unrounded (float32), and the curves`,
        ...(dataset ? { "Source of the pictures": dataset.source, "Their licence": dataset.licence } : {}),
        "Made with": `Filterscope ${version}. ${saved.is_alone ? COMPLETE : SHARED}`,
        Keys: "← → previous or next snapshot, R replays, arrows and Enter choose a filter, Esc closes it",
      }),
    ),
  );
}

/** @param {string} title @param {...Node} content */
const part = (title, ...content) => make("section", {}, make("h2", {}, title), ...content);

/** @param {Record<string, string>} rows */
const facts = (rows) =>
  make(
    "dl",
    {},
    ...Object.entries(rows).flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, value)]),
  );
