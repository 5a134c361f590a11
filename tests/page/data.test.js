// Pictures of one's own: the zip that a folder becomes on its way, and what is said of it.

import assert from "node:assert/strict";
import { test } from "node:test";

import { checksum, storedZip } from "../../static/js/net/stored_zip.js";
import { mostWords } from "../../static/js/scenes/mistakes/words.js";
import { howFarWords, leftOutWords, nameFrom, needWords } from "../../static/js/scenes/data/words.js";

test("a checksum is that of every zip", () => {
  assert.equal(checksum(new TextEncoder().encode("123456789")), 0xcbf43926);
});

test("a folder becomes a zip whose lists say what lies in it, and where", async () => {
  const entries = ["pets/cats/1.png", "pets/Käse/2.png"].map((name, at) => ({
    name,
    file: new Blob(["x".repeat(at + 3)]),
  }));
  const read = [];
  const zip = await storedZip(entries, (done) => read.push(done));
  const view = new DataView(await zip.arrayBuffer());
  assert.deepEqual(read, [1, 2]);
  const end = view.byteLength - 22;
  assert.equal(view.getUint32(end, true), 0x06054b50);
  assert.equal(view.getUint16(end + 10, true), 2);
  let at = view.getUint32(end + 16, true);
  for (const { name, file } of entries) {
    assert.equal(view.getUint32(at, true), 0x02014b50);
    const length = view.getUint16(at + 28, true);
    assert.equal(new TextDecoder().decode(new Uint8Array(view.buffer, at + 46, length)), name);
    assert.equal(view.getUint32(at + 24, true), file.size);
    assert.equal(view.getUint32(view.getUint32(at + 42, true), true), 0x04034b50);
    at += 46 + length;
  }
  assert.equal(at, end);
});

for (const [said, words] of [
  [nameFrom("my flowers.ZIP"), "my flowers"],
  [nameFrom("a/b@c"), "a b c"],
  [howFarWords({ phase: "sent", done: 2_500_000, total: 31_000_000 }), "2.5 of 31 MB sent"],
  [howFarWords({ phase: "read", done: 40, total: 2000 }), "40 of 2,000 pictures looked at"],
  [leftOutWords({ own: { left_out_count: 1 } }), "1 file was left out"],
  [leftOutWords({ own: { left_out_count: 0 } }), ""],
  [needWords([]), "They are deleted for good."],
  [needWords(["a", "b"]), "2 runs need these pictures to be repeated or asked about: a, b"],
  [
    mostWords({
      class_names: ["bark", "reeds"],
      confusion: [
        [5, 3],
        [0, 9],
      ],
    }),
    "Most often: bark for reeds (3).",
  ],
])
  test(`“${words}” is said of pictures`, () => assert.equal(said, words));
