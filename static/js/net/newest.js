// @ts-check
// One question at a time; of those that came up meanwhile only the newest is asked, and it always is.

/**
 * @template T
 * @param {(answer: T) => void} hear
 * @param {(error: Error) => void} fail
 */
export function askNewest(hear, fail) {
  let busy = false;
  /** @type {(() => Promise<T>) | null} */
  let next = null;

  async function work() {
    busy = true;
    while (next) {
      const question = next;
      next = null;
      try {
        hear(await question());
      } catch (error) {
        fail(/** @type {Error} */ (error));
      }
    }
    busy = false;
  }

  return (/** @type {() => Promise<T>} */ question) => {
    next = question;
    if (!busy) work();
  };
}
