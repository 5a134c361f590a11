// @ts-check
// What a filter does with real pictures: the pieces that excite it most, and where it fires in one.

import { Changes } from "../../views/changes.js";
import { byId, make, write } from "../../views/elements.js";
import { fixed, grouped } from "../../words/numbers.js";
import { showBytes, showNumbers } from "./pictures.js";
import { pictureOf } from "./subject.js";

/**
 * @typedef {import("./subject.js").Subject} Subject
 * @typedef {import("./answers.js").Told} Told
 * @typedef {object} Sight  What lies under the map.
 * @property {Float32Array} answers
 * @property {number} rows
 * @property {number} columns
 * @property {import("../../net/answers.js").ReceptiveFieldAnswer | null} field  the pixels each looks at
 * @property {number[]} pixels  shape of the picture
 * @property {number[]} strongest  row and column
 */

const PATCH = 74;
const PICTURE = 132;
const MAP = 124; // both stand side by side in the narrowest column that has them so

/** @param {import("../../store.js").Store} store @param {import("../../types.js").Commands} commands */
export function createSees(store, commands) {
  const number = byId("filter-number");
  const choose = (/** @type {number} */ picture) =>
    commands.chooseDetails({ picture: String(Math.max(0, picture)) });
  byId("filter-picture-before").onclick = () => choose(pictureOf(store.state) - 1);
  byId("filter-picture-next").onclick = () => choose(pictureOf(store.state) + 1);
  number.onchange = () => choose(Math.floor(Number(number.value)) || 0);
  /** @type {Sight | null} */
  let map = null;
  const canvas = byId("filter-map");
  canvas.onpointermove = (/** @type {PointerEvent} */ event) => {
    if (!map) return;
    const { left, top, width, height } = canvas.getBoundingClientRect();
    const at = (/** @type {number} */ share, /** @type {number} */ count) =>
      Math.max(0, Math.min(count - 1, Math.floor(share * count)));
    showWindow(
      map,
      at((event.clientY - top) / height, map.rows),
      at((event.clientX - left) / width, map.columns),
    );
  };
  canvas.onpointerleave = () => map && showStrongest(map);
  const changes = new Changes();

  /** @param {Subject} subject @param {Told} told */
  function draw(subject, told) {
    const { frame, filter } = subject;
    if (document.activeElement !== number) number.value = String(pictureOf(store.state));
    const wanted = [
      frame.layer,
      filter,
      told.filter.value,
      told.seen.value,
      told.seen.error,
      store.state.run?.id,
    ];
    if (!changes.found(...wanted)) return;
    drawPatches(told.filter.value, store.state.run !== null, choose);
    map = drawMap(subject, told);
  }
  return { draw };
}

/**
 * @param {import("./answers.js").FilterAnswer | null} answer
 * @param {boolean} isAsked
 * @param {(picture: number) => void} choose
 */
function drawPatches(answer, isAsked, choose) {
  const root = byId("filter-patches");
  if (!answer?.patches) {
    const waits = isAsked ? "Looking through the test pictures …" : "Known once it trains.";
    write(byId("filter-excites-words"), answer?.reason ?? waits);
    return root.replaceChildren();
  }
  const { images, image, activation, pixels } = answer.patches;
  write(
    byId("filter-excites-words"),
    `The nine pieces of the first ${grouped(images)} test pictures with the strongest answer.`,
  );
  const [, ...shape] = pixels.shape;
  const size = shape.reduce((product, length) => product * length, 1);
  const patches = image.map((index, at) => {
    const canvas = make("canvas");
    showBytes(canvas, pixels.values.subarray(at * size, (at + 1) * size), shape, PATCH);
    const words = `Test picture ${index}, answer ${fixed(activation[at])}`;
    return make(
      "button",
      {
        type: "button",
        "aria-label": `${words}: show where it fires`,
        title: words,
        onclick: () => choose(index),
      },
      canvas,
    );
  });
  root.replaceChildren(...patches);
}

/** @param {Subject} subject @param {Told} told @returns {Sight | null} */
function drawMap({ frame, filter }, told) {
  const { value, error } = told.seen;
  const numbers = value?.maps[frame.layer];
  byId("filter-map").closest(".fires").classList.toggle("empty", !numbers);
  if (error) write(byId("filter-picture-words"), error.message);
  if (!value || !numbers || error) return null;
  const [rows, columns, count] = numbers.shape;
  const answers = Float32Array.from(
    { length: rows * columns },
    (_, at) => numbers.values[at * count + filter],
  );
  showBytes(byId("filter-picture"), value.image.values, value.image.shape, PICTURE);
  showNumbers(byId("filter-map"), answers, rows, columns, MAP);
  byId("filter-picture").setAttribute("aria-label", `Test picture ${value.index}`);
  byId("filter-map").setAttribute("aria-label", `Answers of filter ${filter + 1} to it`);
  write(
    byId("filter-picture-words"),
    value.name === null ? `picture ${value.index}` : `picture ${value.index}: ${value.name}`,
  );
  const most = answers.indexOf(Math.max(...answers));
  const known = told.filter.value;
  const field = known?.layer === frame.layer ? known.receptive_field : null;
  const map = {
    answers,
    rows,
    columns,
    field,
    pixels: value.image.shape,
    strongest: [Math.floor(most / columns), most % columns],
  };
  showStrongest(map);
  return map;
}

/** @param {Sight} map */
const showStrongest = (map) => showWindow(map, map.strongest[0], map.strongest[1]);

/**
 * Rings one answer and the pixels it comes from.
 * @param {Sight} map
 * @param {number} row
 * @param {number} column
 */
function showWindow({ answers, rows, columns, field, pixels }, row, column) {
  const value = answers[row * columns + column];
  write(
    byId("filter-map-words"),
    `${rows} × ${columns} answers; ${fixed(value)} in row ${row}, column ${column}`,
  );
  const spot = byId("filter-spot");
  ring(spot, byId("filter-map"), rows, columns, [row, column, 1]);
  const box = byId("filter-window");
  box.hidden = !field;
  if (field)
    ring(box, byId("filter-picture"), pixels[0], pixels[1], [
      field.top + row * field.stride,
      field.left + column * field.stride,
      field.size,
    ]);
}

/**
 * @param {HTMLElement} box
 * @param {HTMLCanvasElement} canvas
 * @param {number} rows
 * @param {number} columns
 * @param {number[]} place  top, left, size
 */
function ring(box, canvas, rows, columns, [top, left, size]) {
  box.hidden = false;
  const unit = parseFloat(canvas.style.width) / columns;
  const clip = (/** @type {number} */ at, /** @type {number} */ count) => Math.max(0, Math.min(count, at));
  const [t, l, b, r] = [
    clip(top, rows),
    clip(left, columns),
    clip(top + size, rows),
    clip(left + size, columns),
  ];
  Object.assign(box.style, {
    top: `${t * unit}px`,
    left: `${l * unit}px`,
    width: `${(r - l) * unit}px`,
    height: `${(b - t) * unit}px`,
  });
}
