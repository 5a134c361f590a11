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
  /** @type {Listener[]} */
  const watchers = [];
  const painting = createPainting(() => state);
  return {
    get state() {
      return state;
    },
    dispatch(action) {
      const before = state;
      state = reduce(state, action);
      if (state === before) return;
      for (const watcher of watchers) watcher(state, before);
      painting.ask();
    },
    subscribe: painting.subscribe,
    onEvery(listener) {
      watchers.push(listener);
    },
  };
}

/** @param {() => State} now */
function createPainting(now) {
  let drawn = now();
  let asked = false;
  /** @type {Set<Listener>} */
  const painters = new Set();

  function paint() {
    asked = false;
    const before = drawn;
    drawn = now();
    for (const painter of painters) painter(drawn, before);
  }

  function ask() {
    if (asked) return;
    asked = true;
    // A hidden tab gets no animation frames, but its title and its screen reader go on.
    if (document.hidden) setTimeout(paint, 250);
    else requestAnimationFrame(paint);
  }

  return {
    ask,
    /** @param {Listener} listener */
    subscribe(listener) {
      painters.add(listener);
      ask();
      return () => painters.delete(listener);
    },
  };
}
