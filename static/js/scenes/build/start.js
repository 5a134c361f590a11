// @ts-check
// How a kernel begins: a rule, a bank, or numbers that somebody chose, which are kept or replaced.

import { BANK_KINDS } from "../../recipe_catalogue.js";
import { make } from "../../views/elements.js";
import { startName } from "../../words/starts.js";

/**
 * @typedef {import("../../words/starts.js").KernelStart} KernelStart
 * @typedef {import("./controls.js").Control} Control
 */

const KEPT = "kept";

/**
 * @param {import("../../recipe_catalogue.js").Setting} setting
 * @param {string} id
 * @param {import("./controls.js").Tell} tell
 * @returns {Control}
 */
export function mountStart(setting, id, tell) {
  const rules = (setting.choices ?? []).map(([word, title]) => make("option", { value: word }, title));
  const banks = BANK_KINDS.map(({ name, title }) => make("option", { value: `bank ${name}` }, title));
  const kept = make("option", { value: KEPT, hidden: true });
  const root = make(
    "select",
    { "aria-labelledby": `${id}-label` },
    make("optgroup", { label: "By chance" }, ...rules),
    make("optgroup", { label: "Made by hand" }, ...banks, kept),
  );
  /** @type {KernelStart | null}  numbers that no word stands for */
  let own = null;
  root.onchange = () => tell(root.value === KEPT ? own : startOf(root.value));
  return {
    root,
    show(value) {
      const start = /** @type {KernelStart} */ (value);
      if (typeof start !== "string" && start.type !== "bank") {
        own = start;
        kept.textContent = summaryOf(start);
        kept.hidden = false;
      }
      root.value = typeof start === "string" ? start : start.type === "bank" ? `bank ${start.name}` : KEPT;
    },
  };
}

/** @param {string} word */
function startOf(word) {
  const [kind, name] = word.split(" ");
  return kind === "bank" ? { type: "bank", name } : word;
}

/** @param {Exclude<KernelStart, string>} start */
function summaryOf(start) {
  const source = start.type === "run" ? start : start.type === "given" ? start.source : null;
  return source ? `${startName(start)} (${source.layer}, step ${source.step})` : startName(start);
}
