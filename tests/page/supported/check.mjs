// Says what the page uses that came later than the oldest browsers it is promised for, with nothing in its stead.
// node check.mjs FOLDER, with node_modules in that folder.

import { globSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { later, supportOf } from "./findings.mjs";
import { markupUses } from "./markup_uses.mjs";
import { scriptUses } from "./script_uses.mjs";
import { styleUses } from "./style_uses.mjs";

const FEWEST_KNOWN = 500; // of what the page uses; fewer were found only if this looked in the wrong places

const require = createRequire(`${resolve(process.argv[2])}/package.json`);
const ts = require("typescript");
const data = require("@mdn/browser-compat-data");
const { browsers, instead } = JSON.parse(readFileSync(new URL("browsers.json", import.meta.url), "utf8"));

function* uses() {
  const { config } = ts.readConfigFile("tsconfig.json", ts.sys.readFile);
  const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, ".");
  yield* scriptUses(ts, ts.createProgram(fileNames, options));
  for (const name of globSync("static/css/**/*.css"))
    yield* styleUses(data, name, readFileSync(name, "utf8"));
  for (const name of globSync("templates/*.html")) yield* markupUses(name, readFileSync(name, "utf8"));
}

const known = new Set();
/** @type {Map<string, string>} */
const tooNew = new Map();
for (const { paths, at, isPrefixed } of uses()) {
  const path = paths.find((one) => supportOf(data, one));
  if (!path) continue;
  const name = path.join(".");
  known.add(name);
  const isValue = path[1] === "properties" && path.length > 3;
  if (isPrefixed && isValue) continue; // the old name took the same values
  const missing = later(supportOf(data, path), browsers, isPrefixed);
  if (missing.length && !tooNew.has(name)) tooNew.set(name, `${at}: ${name} needs ${missing.join(", ")}`);
}
const covers = (said, name) => name === said || name.startsWith(`${said}.`);
const wrong = [...tooNew].filter(([name]) => !Object.keys(instead).some((said) => covers(said, name)));
const idle = Object.keys(instead).filter((said) => ![...tooNew.keys()].some((name) => covers(said, name)));
for (const [, words] of wrong)
  console.error(`${words}: do without, or say in tests/page/supported/browsers.json what happens instead`);
for (const said of idle)
  console.error(`browsers.json: ${said} is in all browsers or isn't used: take it out`);
if (known.size < FEWEST_KNOWN)
  console.error(`only ${known.size} uses were found: the check looks in the wrong places`);
process.exitCode = wrong.length || idle.length || known.size < FEWEST_KNOWN ? 1 : 0;
