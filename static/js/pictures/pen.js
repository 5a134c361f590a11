// @ts-check
// Drawing with a mouse, a finger, or the arrow keys: space lowers and lifts the pen.

/**
 * @typedef {import("./drawing.js").Point} Point
 * @typedef {object} Paper
 * @property {() => [number, number] | null} size  height and width in pixels; null while one can't draw
 * @property {() => void} begin
 * @property {(from: Point, to: Point) => void} stroke
 * @property {(place: Point | null, isDown: boolean) => void} showCursor  of the keys
 */

/** @type {Record<string, Point>} */
const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** @param {HTMLElement} element @param {Paper} paper */
export function listenToPen(element, paper) {
  listenToPointer(element, paper);
  listenToKeys(element, paper);
}

/** @param {HTMLElement} element @param {Paper} paper */
function listenToPointer(element, paper) {
  /** @type {Point | null} */
  let last = null;
  element.addEventListener("pointerdown", (event) => {
    const size = paper.size();
    if (event.button !== 0 || !size) return;
    element.setPointerCapture(event.pointerId);
    last = placeOf(event, element, size);
    paper.showCursor(null, false);
    paper.begin();
    paper.stroke(last, last);
  });
  element.addEventListener("pointermove", (event) => {
    const size = paper.size();
    if (!last || !size) return;
    const all = event.getCoalescedEvents?.() ?? [];
    for (const one of all.length ? all : [event]) {
      const place = placeOf(one, element, size);
      paper.stroke(last, place);
      last = place;
    }
  });
  for (const kind of ["pointerup", "pointercancel"]) element.addEventListener(kind, () => (last = null));
}

/**
 * Where on the paper the pointer is.
 * @param {PointerEvent} event
 * @param {HTMLElement} element
 * @param {[number, number]} size
 * @returns {Point}
 */
function placeOf(event, element, [height, width]) {
  const box = element.getBoundingClientRect();
  return [
    ((event.clientX - box.left) / box.width) * width,
    ((event.clientY - box.top) / box.height) * height,
  ];
}

/** @param {HTMLElement} element @param {Paper} paper */
function listenToKeys(element, paper) {
  /** @type {Point | null} */
  let cursor = null;
  let isDown = false;

  element.addEventListener("keydown", (event) => {
    const size = paper.size();
    const move = MOVES[event.key];
    if (!size || event.ctrlKey || event.metaKey || event.altKey || !(move || event.key === " ")) return;
    event.preventDefault();
    const from = cursor ?? middleOf(size);
    const to = move ? within(size, from, move) : from;
    if (event.key === " ") {
      isDown = !isDown;
      if (isDown) paper.begin();
    }
    if (isDown) paper.stroke(from, to);
    cursor = to;
    paper.showCursor(cursor, isDown);
  });
  element.addEventListener("focus", () => {
    const size = paper.size();
    if (size && element.matches(":focus-visible")) paper.showCursor((cursor ??= middleOf(size)), isDown);
  });
  element.addEventListener("blur", () => {
    isDown = false;
    paper.showCursor(null, false);
  });
}

/** @param {[number, number]} size @returns {Point} */
const middleOf = ([height, width]) => [Math.floor(width / 2) + 0.5, Math.floor(height / 2) + 0.5];

/** @param {[number, number]} size @param {Point} from @param {Point} move @returns {Point} */
function within([height, width], [x, y], [right, down]) {
  const clamp = (/** @type {number} */ place, /** @type {number} */ length) =>
    Math.max(0.5, Math.min(length - 0.5, place));
  return [clamp(x + right, width), clamp(y + down, height)];
}
