// @ts-check
// The glossary in the help: sections of words, each with a link of its own.

import { TERMS, found, titleOf } from "../words/glossary.js";
import { byId, make, write } from "./elements.js";

/** The word that a “?” leads to, if any. @param {HTMLElement} hint */
export const termOf = ({ dataset }) => dataset.term ?? TERMS[dataset.hint ?? ""];

/** @param {import("../words/glossary.js").Section[]} all @param {string} sought */
export function drawGlossary(all, sought) {
  const sections = found(all, sought);
  const count = sections.reduce((sum, { entries }) => sum + entries.length, 0);
  write(byId("help-found"), count ? "" : "No word like that. Try another, or a shorter one.");
  byId("help-entries").replaceChildren(
    ...sections.flatMap(({ title, entries }) => [
      make("h3", {}, title),
      make("dl", {}, ...entries.flatMap(entryOf)),
    ]),
  );
}

/** @param {import("../words/glossary.js").Entry} entry */
function entryOf(entry) {
  const link = make("a", { href: `#word-${entry.id}` }, titleOf(entry));
  return [
    make("dt", { id: `word-${entry.id}`, tabIndex: -1 }, link),
    make("dd", {}, entry.text.charAt(0).toUpperCase() + entry.text.slice(1)),
  ];
}

/** Brings a word into sight and marks it. @param {string} id */
export function showWord(id) {
  for (const marked of byId("help-entries").querySelectorAll("[aria-current]"))
    marked.removeAttribute("aria-current");
  const word = document.getElementById(`word-${id}`);
  word?.setAttribute("aria-current", "true");
  word?.scrollIntoView({ block: "center" });
  word?.focus({ preventScroll: true });
}
