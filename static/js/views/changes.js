// @ts-check
// What follows from the same values is not drawn again.

/** Remembers what a drawing followed from, to say whether any of it has changed. */
export class Changes {
  /** @type {unknown[] | null} */
  #known = null;

  /** Tells whether any of these differs from when this was last asked. @param {unknown[]} values */
  found(...values) {
    const known = this.#known;
    this.#known = values;
    return !known || values.some((value, at) => value !== known[at]);
  }

  /** Whatever comes next is drawn anew. */
  forget() {
    this.#known = null;
  }
}
