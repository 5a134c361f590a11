// @ts-check
// The stack by keys: choose, move, add, remove, go to the settings, train.

/**
 * @typedef {object} Acts
 * @property {(by: number) => void} choose  the next block, or the one before
 * @property {(by: number) => void} move
 * @property {() => void} add
 * @property {() => void} remove
 * @property {() => void} enter  the settings
 */

/** @param {HTMLElement} list @param {Acts} acts */
export function listenInStack(list, acts) {
  list.addEventListener("keydown", (event) => {
    const isBlock = event.target instanceof Element && event.target.matches(".build-block");
    if (!isBlock || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const act = (event.altKey ? movesOf(acts) : actsOf(acts))[event.key];
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  });
}

/** @param {Acts} acts @returns {Record<string, () => void>} */
const movesOf = (acts) => ({ ArrowUp: () => acts.move(-1), ArrowDown: () => acts.move(1) });

/** @param {Acts} acts @returns {Record<string, () => void>} */
const actsOf = (acts) => ({
  ArrowUp: () => acts.choose(-1),
  ArrowDown: () => acts.choose(1),
  Insert: () => acts.add(),
  Delete: () => acts.remove(),
  Backspace: () => acts.remove(),
  Enter: () => acts.enter(),
});
