// @ts-check
// A name or a note that is written where it stands.

import { make } from "../../views/elements.js";

/** @typedef {import("../../types.js").Run} Run */
/** @typedef {"name" | "note"} Field */

const LONGEST = { name: 80, note: 2000 };
const WORDS = { name: "Name; empty for what it was called at first", note: "Note" };

export class Editor {
  /** @type {HTMLInputElement | null} */
  #input = null;

  /**
   * @param {(run: Run, change: {name?: string | null, note?: string | null}) => void} save
   * @param {() => void} left  the keys are free again
   */
  constructor(save, left) {
    this.save = save;
    this.left = left;
  }

  /** @param {import("./row.js").Row} row @param {Field} field */
  begin(row, field) {
    const { run } = row;
    if (!run) return;
    this.end();
    const value = (field === "name" ? run.name : run.note) ?? "";
    const properties = { class: "runs-editor", value, maxLength: LONGEST[field], "aria-label": WORDS[field] };
    const input = make("input", properties);
    this.#input = input;
    input.onkeydown = (event) => {
      event.stopPropagation();
      if (event.key === "Enter") this.#done(run, field, value);
      if (event.key === "Escape") this.end();
    };
    input.onblur = () => this.#done(run, field, value);
    row.place.append(input);
    input.focus();
    input.select();
  }

  /** Leaves everything as it was. */
  end() {
    const input = this.#input;
    this.#input = null;
    if (!input) return;
    input.remove();
    this.left();
  }

  /** @param {Run} run @param {Field} field @param {string} before */
  #done(run, field, before) {
    const text = this.#input?.value.trim();
    this.end();
    if (text !== undefined && text !== before) this.save(run, { [field]: text || null });
  }
}
