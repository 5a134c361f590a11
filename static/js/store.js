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
  const painting = new Painting(() => state);
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
    subscribe: (painter) => painting.add(painter),
    onEvery(listener) {
      watchers.push(listener);
    },
  };
}

/** Calls those who draw once a painted frame, however often the state changes meanwhile. */
class Painting {
  #asked = false;
  /** @type {Set<Listener>} */
  #painters = new Set();

  /** @param {() => State} now */
  constructor(now) {
    this.now = now;
    this.drawn = now();
  }

  /** @param {Listener} painter */
  add(painter) {
    this.#painters.add(painter);
    this.ask();
    return () => this.#painters.delete(painter);
  }

  ask() {
    if (this.#asked) return;
    this.#asked = true;
    // A hidden tab gets no animation frames, but its title and its screen reader go on.
    if (document.hidden) setTimeout(() => this.#paint(), 250);
    else requestAnimationFrame(() => this.#paint());
  }

  #paint() {
    this.#asked = false;
    const before = this.drawn;
    this.drawn = this.now();
    for (const painter of this.#painters) painter(this.drawn, before);
  }
}
