// What style sheets use, by the names that MDN's data has for it.

/** @yields {{paths: string[][], at: string}} */
export function* styleUses(data, name, text) {
  const types = new Map(namesUnder(data.css.types, ["css", "types"]));
  const lines = blanked(text).split("\n");
  for (const [index, line] of lines.entries())
    for (const paths of pathsOf(types, line))
      yield { paths, at: `${name}:${index + 1}`, isPrefixed: isPrefixed(line, lines[index - 1] ?? "") };
}

/** Tells whether the line before says the same for browsers that know it by its old name. */
function isPrefixed(line, before) {
  const [, property] = /^\s*([a-z][a-z-]*):/.exec(line) ?? [];
  return property !== undefined && before.trimStart().startsWith(`-webkit-${property}:`);
}

/** Without comments and strings, every line in its place. */
const blanked = (text) =>
  text.replaceAll(/\/\*[^]*?\*\/|"[^"\n]*"|url\([^)]*\)/g, (found) => found.replaceAll(/[^\n]/g, " "));

function* pathsOf(types, line) {
  const declared = /^\s*(-{0,2}[a-z][a-z-]*)\s*:\s+(.*?)[;,]?$/.exec(line);
  const words = declared && !declared[1].startsWith("-") ? declared : null;
  if (words) {
    const [, property, value] = words;
    yield [["css", "properties", property]];
    if (property !== "font-family")
      for (const [word] of value.matchAll(/[a-z][a-z-]*/g)) yield [["css", "properties", property, word]];
  } else if (!declared) yield* ruleOf(line);
  for (const [, name] of line.matchAll(/([a-z][a-z-]*)\(/g)) if (types.has(name)) yield [types.get(name)];
  if (/\d[dsl]v[hw]\b/.test(line)) yield [["css", "types", "length", "viewport_percentage_units_dynamic"]];
  if (/\dcq[a-z]+\b/.test(line)) yield [["css", "types", "length", "container_query_length_units"]];
}

function* ruleOf(line) {
  const [, rule] = /^\s*@([a-z-]+)/.exec(line) ?? [];
  if (rule) yield [["css", "at-rules", rule]];
  if (rule === "media") {
    for (const [, feature] of line.matchAll(/([a-z-]+)\s*[:)<>=]/g))
      yield [["css", "at-rules", "media", feature.replace(/^(min|max)-/, "")]];
    if (/[<>]/.test(line)) yield [["css", "at-rules", "media", "range_syntax"]];
  } else {
    // What begins with a vendor's name is for that one's browsers.
    for (const [, name] of line.matchAll(/::?([a-z][a-z-]*)/g)) yield [["css", "selectors", name]];
    if (line.includes("&")) yield [["css", "selectors", "nesting"]];
  }
}

function* namesUnder(data, path) {
  for (const [name, inside] of Object.entries(data)) {
    if (name === "__compat" || typeof inside !== "object") continue;
    if (inside.__compat) yield [name, [...path, name]];
    yield* namesUnder(inside, [...path, name]);
  }
}
