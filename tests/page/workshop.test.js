// Filters made by hand: what one does to them, what they answer, how they are kept.

import assert from "node:assert/strict";
import { test } from "node:test";

import { correlate } from "../../static/js/kernels/correlate.js";
import { usualLength } from "../../static/js/kernels/hand_made.js";
import { norm } from "../../static/js/kernels/vectors.js";
import { planesOf } from "../../static/js/pictures/planes.js";
import { Answer } from "../../static/js/scenes/workshop/answer.js";
import { Bank } from "../../static/js/scenes/workshop/bank.js";
import { emptyFilters, filledWith, withCell, withStart } from "../../static/js/scenes/workshop/edits.js";
import { bankArray, bankFile, filtersIn, readBank } from "../../static/js/scenes/workshop/files.js";
import { withChannels, withSize } from "../../static/js/scenes/workshop/reshaping.js";
import { Shelf } from "../../static/js/scenes/workshop/shelf.js";
import { short, weightIn } from "../../static/js/scenes/workshop/words.js";
import { decodeArray } from "../../static/js/net/typed_array.js";

const GABOR = { kind: "gabor", angle: 30, wave: 0.9, phase: 40 };
const bytes = (text) => new TextEncoder().encode(text).buffer;

/** Numbers that look like chance and are the same at each call. */
function drawn(count, seed = 1) {
  let now = seed;
  return Float32Array.from({ length: count }, () => {
    now = (now * 16807) % 2147483647;
    return now / 2147483647 - 0.5;
  });
}

/** y[i, j] = Σ w[u, v, c] · x[i+u, j+v, c], sum by sum. */
function byHand({ planes, height, width }, weights, size) {
  const answers = [];
  for (let i = 0; i + size <= height; i++)
    for (let j = 0; j + size <= width; j++) {
      let sum = 0;
      for (let at = 0; at < weights.length; at++) {
        const [place, channel] = [Math.floor(at / planes.length), at % planes.length];
        const [u, v] = [Math.floor(place / size), place % size];
        sum += weights[at] * planes[channel][(i + u) * width + j + v];
      }
      answers.push(sum);
    }
  return answers;
}

const [WIDTH, HEIGHT] = [29, 23];
const colour = { width: WIDTH, height: HEIGHT, planes: [1, 2, 3].map((seed) => drawn(WIDTH * HEIGHT, seed)) };
const one = drawn(WIDTH * HEIGHT, 4);
const gray = { width: WIDTH, height: HEIGHT, planes: [one, one, one] };
const single = { width: WIDTH, height: HEIGHT, planes: [one] };

function near(found, wanted, most = 2e-6) {
  assert.equal(found.length, wanted.length);
  wanted.forEach((value, at) =>
    assert.ok(Math.abs(found[at] - value) <= most, `${at}: ${found[at]}, ${value}`),
  );
}

for (const size of [1, 2, 3, 6, 9, 11])
  for (const [name, picture] of Object.entries({ colour, gray, single }))
    test(`a filter of ${size} × ${size} answers a ${name} picture as the sum says`, () => {
      const { planes } = picture;
      const shapes = [drawn(size * size * planes.length, 7), new Float32Array(size * size * planes.length)];
      if (size >= 3) {
        const filters = emptyFilters(size, planes.length, 8);
        shapes.push(
          withStart(filters, GABOR).slots[0].weights,
          filledWith(filters, "gabor").slots[1].weights,
        );
      }
      for (const weights of shapes) {
        const out = new Float32Array((HEIGHT - size + 1) * (WIDTH - size + 1)).fill(9);
        correlate(picture, weights, size, out);
        near(out, byHand(picture, weights, size));
      }
    });

test("an answer that is kept up cell by cell is the one worked out anew", () => {
  const answer = new Answer();
  let filters = withStart(emptyFilters(5, 3, 4), GABOR);
  answer.update(colour, filters.slots[0].weights, 5);
  for (let edit = 0; edit < 30; edit++) {
    filters = withCell(
      filters,
      [edit % 5, (edit * 3) % 5],
      edit % 4 === 3 ? null : edit % 4,
      edit / 40 - 0.4,
    );
    assert.equal(answer.update(colour, filters.slots[0].weights, 5), true);
  }
  const wanted = byHand(colour, filters.slots[0].weights, 5);
  near(answer.values, wanted, 1e-5);
  const [row, column] = answer.strongest;
  assert.ok(Math.abs(Math.abs(answer.at([row, column])) - Math.max(...wanted.map(Math.abs))) < 1e-5);
  assert.equal(answer.update(colour, filters.slots[0].weights, 5), false);
});

test("a picture smaller than the filter has no answers", () => {
  const answer = new Answer();
  answer.update({ width: 3, height: 2, planes: [drawn(6)] }, drawn(9), 3);
  assert.deepEqual([answer.rows * answer.columns, answer.largest], [0, 0]);
});

test("a gray filter sees how bright colours are, a coloured one sees gray in all channels", () => {
  const pixels = { width: 1, height: 1, rgba: [255, 0, 51, 255], isGray: false };
  near(planesOf(pixels, 1).planes[0], [0.299 + 0.114 * 0.2]);
  near(
    planesOf(pixels, 3).planes.map(([value]) => value),
    [1, 0, 0.2],
  );
  const { planes } = planesOf({ ...pixels, rgba: [51, 51, 51, 255], isGray: true }, 3);
  assert.ok(planes[0] === planes[2] && Math.abs(planes[0][0] - 0.2) < 1e-6);
});

test("numbers are read as people type them, and written as short as a cell is wide", () => {
  const typed = ["-.12", "−.12", "0,5", "3", "+.5", "1e-3", "", "-", ".", "1.2.3", "abc", "2e6"];
  const read = [-0.12, -0.12, 0.5, 3, 0.5, 0.001, null, null, null, null, null, null];
  assert.deepEqual(typed.map(weightIn), read);
  const written = [".05", "−.12", "1.50", "12.3", "123", ".00"];
  assert.deepEqual([0.05, -0.12, 1.5, 12.34, 123.4, -0.001].map(short), written);
});

test("a stroke is undone as one, another as another, and what is undone can be done again", () => {
  const bank = new Bank(emptyFilters(3, 1, 2));
  const paint = (column, value, key) => bank.change((now) => withCell(now, [0, column], null, value), key);
  [0, 1, 2].forEach((column) => paint(column, 0.5, "painted"));
  bank.seal();
  [1, 2].forEach((column) => paint(column, -1, "painted"));
  assert.deepEqual([...bank.weights().subarray(0, 3)], [0.5, -1, -1]);
  bank.undo();
  assert.deepEqual([...bank.weights().subarray(0, 3)], [0.5, 0.5, 0.5]);
  bank.undo();
  assert.deepEqual([bank.filled, bank.canUndo], [0, false]);
  bank.redo();
  bank.redo();
  assert.deepEqual([[...bank.weights().subarray(0, 3)], bank.canRedo], [[0.5, -1, -1], false]);
  paint(0, 2);
  assert.equal(bank.canRedo, false);
});

test("all starts are as long as the banks are, whatever their size and channels", () => {
  for (const kind of ["sobel_down", "sobel_right", "prewitt", "laplacian", "blur", "sharpen"])
    for (const [size, channels] of [
      [3, 1],
      [4, 3],
      [9, 3],
      [11, 1],
    ]) {
      const { weights } = withStart(emptyFilters(size, channels, 16), { kind }).slots[0];
      assert.ok(Math.abs(norm(weights) - usualLength(size, channels, 16)) < 1e-5, `${kind} ${size}`);
    }
});

test("Sobel is 1 2 1 in proportion, and ↕ answers to what changes downwards", () => {
  const { weights } = withStart(emptyFilters(3, 1, 1), { kind: "sobel_down" }).slots[0];
  near(
    weights.map((weight) => weight / weights[6]),
    [-1, -2, -1, 0, 0, 0, 1, 2, 1],
  );
});

test("an upright Gabor doesn't change from row to row but by its window", () => {
  const { weights } = withStart(emptyFilters(9, 1, 1), { ...GABOR, angle: 90, phase: 0 }).slots[0];
  const signs = Array.from({ length: 9 }, (_, row) =>
    [...weights.subarray(row * 9, row * 9 + 9)].map(Math.sign),
  );
  for (const row of signs)
    assert.deepEqual(
      row.filter((_, at) => at !== 4),
      signs[0].filter((_, at) => at !== 4),
    );
});

test("another size works formulas out anew and cuts or frames what was made by hand", () => {
  let filters = withCell(emptyFilters(3, 1, 2), [1, 1], null, 0.5);
  filters = { ...withStart({ ...filters, chosen: 1 }, GABOR), chosen: 0 };
  const larger = withSize(filters, 5);
  assert.deepEqual([larger.slots[0].weights[12], norm(larger.slots[0].weights)], [0.5, 0.5]);
  near(larger.slots[1].weights, [
    ...withStart({ ...emptyFilters(5, 1, 2), chosen: 1 }, GABOR).slots[1].weights,
  ]);
  assert.deepEqual([...withSize(larger, 1).slots[0].weights], [0.5]);
});

test("other channels answer a gray picture as before", () => {
  const filters = withCell(emptyFilters(3, 1, 1), [0, 2], null, 0.6);
  const three = withChannels(filters, 3).slots[0].weights;
  near(three.subarray(6, 9), [0.2, 0.2, 0.2]);
  near(withChannels(withChannels(filters, 3), 1).slots[0].weights, [...filters.slots[0].weights]);
});

test("what a network begins with has the filters in their slots and chance in the empty ones", async () => {
  const bank = new Bank(withCell({ ...emptyFilters(3, 1, 3), chosen: 1 }, [0, 0], null, 0.5));
  const asked = [];
  const given = await bank.initializer(7, async (...question) => {
    asked.push(question);
    return new Float32Array(27).fill(0.25);
  });
  assert.deepEqual(asked, [[[3, 3, 1, 3], 7]]);
  assert.deepEqual([given.type, given.kernel.dtype, given.kernel.shape], ["given", "f4", "3, 3, 1, 3"]);
  assert.deepEqual([...decodeArray(given.kernel).subarray(0, 6)], [0.25, 0.5, 0.25, 0.25, 0, 0.25]);
});

test("a bank that doesn't fit the layer says so and makes itself fit", () => {
  const bank = new Bank(emptyFilters(9, 3, 16));
  assert.equal(bank.misfit({ kernel_size: 9, filters: 16 }, 3), null);
  const misfit = bank.misfit({ kernel_size: 7, filters: 12 }, 1);
  assert.match(misfit.sentence, /9 × 9 × 3 × 16.*7 × 7 × 1 × 12/);
  misfit.act();
  assert.deepEqual(bank.shape, [7, 7, 1, 12]);
});

for (const [kind, written] of [
  ["its own file", (filters) => bytes(JSON.stringify(bankFile(filters)))],
  ["NumPy's file", (filters) => bankArray(filters).buffer],
])
  test(`a bank comes back from ${kind} number for number`, () => {
    const filters = { ...filledWith(emptyFilters(7, 3, 5), "gabor"), name: "eight angles" };
    const read = readBank(written(filters), "eight angles.npy");
    assert.deepEqual([read.size, read.channels, read.slots.length, read.name], [7, 3, 5, "eight angles"]);
    read.slots.forEach((slot, at) => assert.deepEqual(slot.weights, filters.slots[at].weights));
  });

test("an empty slot stays empty in a file", () => {
  const filters = withCell({ ...emptyFilters(2, 1, 3), chosen: 2 }, [0, 0], null, 1);
  const { slots } = filtersIn(bankFile(filters), "file");
  assert.deepEqual(slots.map(Boolean), [false, false, true]);
});

const document = (changes) => bytes(JSON.stringify({ ...bankFile(emptyFilters(3, 1, 2)), ...changes }));
const kernel = (shape, count, value = 0) => ({
  dtype: "f4",
  shape,
  bdata: Buffer.from(new Float32Array(count).fill(value).buffer).toString("base64"),
});
for (const [what, content, sentence] of [
  ["a picture", bytes("\x89PNG"), /is no bank/],
  ["another document", bytes('{"a": 1}'), /is no bank/],
  ["nothing at all", bytes("null"), /is no bank/],
  ["a file far too large", new ArrayBuffer(3 * 2 ** 20), /at most 2 MB/],
  ["three lengths", document({ kernel: kernel("3, 3, 2", 18) }), /needs four|four lengths/],
  ["filters that aren't square", document({ kernel: kernel("3, 5, 1, 2", 30) }), /must be square/],
  ["filters of 13", document({ kernel: kernel("13, 13, 1, 1", 169) }), /11 pixels/],
  ["two channels", document({ kernel: kernel("3, 3, 2, 1", 18) }), /one \(gray\) or three/],
  ["too many filters", document({ kernel: kernel("1, 1, 1, 200", 200) }), /at most 128/],
  ["too few numbers", document({ kernel: kernel("3, 3, 1, 2", 9) }), /asks for 18 numbers; there are 9/],
  ["not a number", document({ kernel: kernel("1, 1, 1, 1", 1, NaN) }), /is NaN; they must be finite/],
  ["numbers too large", document({ kernel: kernel("1, 1, 1, 1", 1, 1e9) }), /1,000,000/],
  ["no base64", document({ kernel: { dtype: "f4", shape: "1, 1, 1, 1", bdata: "§" } }), /can’t be read/],
  ["half a NumPy file", bankArray(emptyFilters(3, 1, 2)).slice(0, 140).buffer, /ends too soon/],
])
  test(`a file with ${what} is refused in a sentence`, () => {
    assert.throws(() => readBank(content, "bank.json"), sentence);
  });

/** What a browser keeps, as long as it has room. */
function storage(room = Infinity) {
  const kept = new Map();
  const full = Object.assign(new Error("full"), { name: "QuotaExceededError" });
  return () => ({
    getItem: (key) => kept.get(key) ?? null,
    setItem(key, text) {
      if (text.length > room) throw full;
      kept.set(key, text);
    },
  });
}

test("banks are kept by name, deleted, and had back where they stood", () => {
  const shelf = new Shelf(storage());
  const names = () => shelf.list().map(({ name }) => name);
  for (const name of ["one", "two", "three"]) shelf.keep({ ...emptyFilters(3, 1, 2), name });
  shelf.keep({ ...emptyFilters(5, 1, 2), name: "one" });
  assert.deepEqual(names(), ["one", "three", "two"]);
  assert.equal(filtersIn(shelf.list()[0], "").size, 5);
  shelf.delete("three");
  assert.deepEqual(names(), ["one", "two"]);
  shelf.undelete();
  assert.deepEqual(names(), ["one", "three", "two"]);
});

test("a browser without room, or that keeps nothing, says what else can be done", () => {
  assert.throws(() => new Shelf(storage(10)).keep(emptyFilters(9, 3, 16)), /no room left.*export/i);
  const closed = new Shelf(() => {
    throw new Error("denied");
  });
  assert.throws(() => closed.keep(emptyFilters(3, 1, 1)), /keeps nothing.*Export/);
  assert.deepEqual([closed.list(), closed.draft()], [[], null]);
});

test("what one works at is there again, and a damaged one is as if there were none", () => {
  const kept = storage();
  new Shelf(kept).keepDraft({ ...filledWith(emptyFilters(3, 1, 2), "sobel"), name: "mine" });
  const draft = new Shelf(kept).draft();
  assert.deepEqual([draft.name, draft.slots.filter(Boolean).length], ["mine", 2]);
  kept().setItem("filterscope-bank-at-work", '{"filterscope_bank": 1, "kernel": 3}');
  assert.equal(new Shelf(kept).draft(), null);
});
