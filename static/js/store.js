// @ts-check
// Holds the one state. Whoever draws is called at most once a painted frame.

/**
 * @typedef {import("./types.js").State} State
 * @typedef {import("./types.js").Action} Action
 * @typedef {(state: State, before: State) => void} Listener
 * @typedef {{state: State, dispatch: (action: Action) => void,
 *   subscribe: (listener: Listener) => () => void,
 *   onEvery: (listener: Listener) => void}} Store
 */

/**
 * @param {import("./types.js").Reducer} reduce
 * @param {State} initial
 * @returns {Store}
 */
export function createStore(reduce, initial) {
  let state = initial;
  let drawn = initial;
  let asked = false;
  /** @type {Set<Listener>} */
  const painters = new Set();
  /** @type {Listener[]} */
  const watchers = [];

  function paint() {
    asked = false;
    const before = drawn;
    drawn = state;
    for (const painter of painters) painter(state, before);
  }

  function askToPaint() {
    if (asked) return;
    asked = true;
    // A hidden tab gets no animation frames, but its title and its screen reader go on.
    if (document.hidden) setTimeout(paint, 250);
    else requestAnimationFrame(paint);
  }

  return {
    get state() {
      return state;
    },
    dispatch(action) {
      const before = state;
      state = reduce(state, action);
      if (state === before) return;
      for (const watcher of watchers) watcher(state, before);
      askToPaint();
    },
    subscribe(listener) {
      painters.add(listener);
      askToPaint();
      return () => painters.delete(listener);
    },
    onEvery(listener) {
      watchers.push(listener);
    },
  };
}
