// @ts-check
// A figure whose cells can be pointed at: with the pointer, by a click that stays, by arrow keys.

/**
 * @typedef {[number, number]} Place  row and column of an answer
 * @typedef {object} Looking
 * @property {(place: Place | null) => void} point
 * @property {(place: Place) => void} choose
 * @property {(rows: number, columns: number) => void} move  by so many answers
 */

/** @type {Record<string, Place>} */
const MOVES = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
const FAR = 5;

/**
 * @param {HTMLElement} root
 * @param {(event: PointerEvent) => Place | null} placeUnder
 * @param {Looking} looking
 */
export function listenToPlaces(root, placeUnder, { point, choose, move }) {
  root.addEventListener("pointermove", (event) => {
    const place = placeUnder(event);
    if (event.buttons && place) choose(place);
    else if (event.pointerType === "mouse") point(place);
  });
  root.addEventListener("pointerdown", (event) => {
    const place = placeUnder(event);
    if (place) choose(place);
  });
  root.addEventListener("pointerleave", () => point(null));
  root.addEventListener("keydown", (event) => {
    const by = MOVES[event.key];
    if (!by || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const times = event.shiftKey ? FAR : 1;
    move(by[0] * times, by[1] * times);
  });
}
