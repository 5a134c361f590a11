// @ts-check
// What is lit, in words: for the eye below the pictures, for the ear where the keyboard is.

import { byId, make, write } from "../views/elements.js";
import { fixed, grouped, inWords } from "../words/numbers.js";
import { linkText, senseOf, shortName } from "../words/network.js";
import { fedBy, sourceOf } from "./lit.js";

/** @typedef {import("./lit.js").Spot} Spot */

const REST = "Point at a filter: its map lights up, with the links that carry it on.";

/** @param {import("./strip.js").Strip} strip @param {Spot | null} own @param {number} picture */
export function drawWords({ seen, focused }, own, picture) {
  const which = document.getElementById("network-which");
  if (which) write(which, `test picture ${picture}`);
  const root = byId("network-words");
  if (!own || !seen) return write(root, REST);
  const { subject, sentence, links } = wordsFor(seen, own);
  const chips = links.map(({ sense, text }) => make("span", { class: `link-sense ${sense}` }, text));
  const loudest = chips.length ? " Loudest:" : "";
  root.replaceChildren(make("b", {}, subject), make("span", {}, `${sentence}${loudest}`), ...chips);
  if (!focused) return;
  const place = shortName(seen.layers[own.station], seen.layers);
  write(
    byId("network-said"),
    [`${place}, ${subject}${sentence}`, ...links.map(({ text }) => text)].join(", "),
  );
}

/** @param {import("./seeing.js").Seen} seen @param {Spot} own */
function wordsFor(seen, own) {
  const { layers, names } = seen;
  const told = fedBy(layers, own);
  const target = layers.findIndex(({ name }) => name === told.to);
  const isAnswer = target === layers.length - 1 && names.length > 0;
  const nameOf = (/** @type {number} */ index) => (isAnswer ? `“${names[index]}”` : String(index + 1));
  return {
    subject: subjectOf(layers, own),
    sentence: target < 0 ? endOf(seen, own) : ` speaks to all ${listenersOf(layers, target, isAnswer)}.`,
    links: told.links.map((link) => ({ sense: senseOf(link), text: linkText(link, nameOf) })),
  };
}

/** `Filter 28`, `Unit 3 of dense1` @param {import("./seeing.js").SeenLayer[]} layers @param {Spot} spot */
function subjectOf(layers, { station, map }) {
  const source = layers[sourceOf(layers, station)];
  const kind = source.type === "dense" ? "Unit" : "Filter";
  return `${kind} ${map + 1} of ${source.name}`;
}

/** @param {import("./seeing.js").SeenLayer[]} layers @param {number} target @param {boolean} isAnswer */
function listenersOf(layers, target, isAnswer) {
  const { output_shape, type, name } = layers[target];
  const count = output_shape.at(-1) ?? 0;
  if (isAnswer) return `${inWords(count)} answers`;
  return `${grouped(count)} ${type === "dense" ? "units" : "filters"} of ${name}`;
}

/** Why nothing more is told. @param {import("./seeing.js").Seen} seen @param {Spot} own */
function endOf({ layers, probabilities, names, reason }, own) {
  const isAnswer = own.station === layers.length - 1 && names.length > 0;
  if (isAnswer && probabilities)
    return ` says “${names[own.map]}” with ${fixed(probabilities[own.map] * 100, 1)} %.`;
  if (own.station === layers.length - 1) return " is the last to answer.";
  return reason ? ` speaks on. ${reason}` : "";
}
