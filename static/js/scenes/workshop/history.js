// @ts-check
// What was, what is and what was undone; of strokes and drags the whole counts as one change.

const MOST = 200;

/** @template T */
export class History {
  /** @type {T[]} */
  #past = [];
  /** @type {T[]} */
  #future = [];
  #key = "";

  /** @param {T} now */
  constructor(now) {
    this.now = now;
  }

  /**
   * Goes on to `next`. Changes that follow each other with the same key are one, to be undone at once.
   * @param {T} next
   * @param {string} [key]
   */
  put(next, key = "") {
    if (!key || key !== this.#key) this.#past.push(this.now);
    this.#past.splice(0, this.#past.length - MOST);
    this.#future = [];
    this.#key = key;
    this.now = next;
  }

  /** What comes next is a change of its own. */
  seal() {
    this.#key = "";
  }

  get canUndo() {
    return this.#past.length > 0;
  }

  get canRedo() {
    return this.#future.length > 0;
  }

  undo() {
    this.#step(this.#past, this.#future);
  }

  redo() {
    this.#step(this.#future, this.#past);
  }

  /** @param {T[]} from @param {T[]} to */
  #step(from, to) {
    const other = from.pop();
    this.#key = "";
    if (other === undefined) return;
    to.push(this.now);
    this.now = other;
  }
}
