// @ts-check
// What tells that the page uses something younger than the browsers it is promised for.

import assert from "node:assert/strict";
import test from "node:test";

import { later, supportOf } from "./supported/findings.mjs";
import { markupUses } from "./supported/markup_uses.mjs";
import { styleUses } from "./supported/style_uses.mjs";

const since = (/** @type {string | boolean} */ firefox, rest = {}) => ({
  __compat: { support: { firefox: { version_added: firefox, ...rest } } },
});
const PROMISED = { firefox: "121" };
const DATA = {
  css: {
    types: { color: { "light-dark": since("120"), "color-mix": since("113") } },
    properties: { position: { ...since("1"), sticky: since("32") } },
    selectors: { has: since("121"), open: since("136") },
    "at-rules": { media: { ...since("1"), range_syntax: since("102") }, scope: since("146") },
  },
};

test("what came later than promised is told with its version, what nobody has as never", () => {
  const told = (/** @type {any} */ one, isPrefixed = false) =>
    later(one.__compat.support, PROMISED, isPrefixed);
  assert.deepEqual(told(since("121")), []);
  assert.deepEqual(told(since("121.1")), ["firefox 121.1"]);
  assert.deepEqual(told(since(false)), ["firefox: never"]);
  assert.deepEqual(told(since("preview")), ["firefox: never"]);
  assert.deepEqual(told(since("100", { flags: [{ name: "layout.x" }] })), ["firefox: never"]);
  assert.deepEqual(told(since("100", { version_removed: "110" })), ["firefox: never"]);
  assert.deepEqual(told(since("100", { prefix: "-moz-" })), ["firefox: never"]);
  assert.deepEqual(told(since("100", { prefix: "-moz-" }), true), []);
});

test("of a style sheet, selectors, rules, media and colours are known; comments are not", () => {
  const sheet = `/* a:open */
.a:has(b:open) {
  position: sticky;
  color: light-dark(red, color-mix(in srgb, red, blue));
}
@media (width > 100px) {
@scope (.a) {`;
  const found = [...styleUses(DATA, "a.css", sheet)]
    .map(({ paths, at }) => [
      paths.find((/** @type {string[]} */ path) => supportOf(DATA, path))?.join("."),
      at,
    ])
    .filter(([name]) => name);
  assert.deepEqual(found, [
    ["css.selectors.has", "a.css:2"],
    ["css.selectors.open", "a.css:2"],
    ["css.properties.position", "a.css:3"],
    ["css.properties.position.sticky", "a.css:3"],
    ["css.types.color.light-dark", "a.css:4"],
    ["css.types.color.color-mix", "a.css:4"],
    ["css.at-rules.media", "a.css:6"],
    ["css.at-rules.media.range_syntax", "a.css:6"],
    ["css.at-rules.scope", "a.css:7"],
  ]);
});

test("of a template, elements and their attributes", () => {
  const [dialog, closedby] = markupUses("a.html", '\n{% if a > b %}<dialog id="x" closedby="any">{% endif %}')
    .filter(({ paths }) => !paths.some((path) => path.includes("id")))
    .toArray();
  assert.deepEqual(dialog, { paths: [["html", "elements", "dialog"]], at: "a.html:2" });
  assert.deepEqual(closedby.paths[0], ["html", "elements", "dialog", "closedby"]);
});
