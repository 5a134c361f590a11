// Joins the page's modules into few files: node supply/join.mjs FOLDER, with node_modules in that folder.
// They go to static/joined, with a list that tells of which sources they were made: where one of these has
// changed since, the server hands out the sources as they are (app/web/joined.py).

import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative, resolve, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";

const STATIC = resolve(import.meta.dirname, "../static");
const MADE = join(STATIC, "joined");

// What a browser begins with, each joined by itself: a phone's light page shares no file with the large one.
// What `later` reaches follows at once, in one file too; other parts come when they are first opened.
const BEGINNINGS = [
  { entry: "js/main.js", later: "js/later.js" },
  { entry: "js/class/main.js", later: "js/class/following.js" },
];
// For the worker, its address stays the same (static/js/net/shared/line.js).
const WORKER = "js/net/shared/worker.js";
// Two folders below `static` all of them, as the modules are that name addresses as seen from themselves.
const PART = "parts/[name]-[hash].js";

const require = createRequire(`${resolve(process.argv[2])}/package.json`);
const { rolldown } = await import(pathToFileURL(require.resolve("rolldown")).href);

/** A module and all that it imports by statements, in the order in which they are found. */
function reached(module, infoOf) {
  const found = new Set([module]);
  for (const one of found) for (const imported of infoOf(one)?.importedIds ?? []) found.add(imported);
  return found;
}

/** What a browser begins with is one file, and what follows at once another. */
function groupsOf({ entry, later }) {
  const name = (module, chunking) => {
    const infoOf = (one) => chunking.getModuleInfo(one);
    if (reached(join(STATIC, entry), infoOf).has(module)) return "first";
    return reached(join(STATIC, later), infoOf).has(module) ? "later" : null;
  };
  return { groups: [{ name, debugName: "beginning" }], includeDependenciesRecursively: false };
}

async function bundled(entry, names, codeSplitting) {
  const bundle = await rolldown({ input: join(STATIC, entry), preserveEntrySignatures: false });
  const output = { ...names, codeSplitting, minify: true, sourcemap: true, sourcemapExcludeSources: true };
  const made = await bundle.generate({ ...output, dir: MADE, format: "esm", hashCharacters: "hex" });
  await bundle.close();
  return made.output;
}

/** Writes it as it is and as browsers take it. */
function write(folder, { type, fileName, code, source }) {
  const path = join(folder, fileName);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, type === "chunk" ? code : source);
  if (type !== "chunk") return;
  writeFileSync(`${path}.gz`, gzipSync(code, { level: 9 }));
  writeFileSync(`${path}.br`, brotliCompressSync(code));
}

const nameOf = (path) => relative(STATIC, path).split(sep).join("/");
const digestOf = (name) =>
  createHash("sha256")
    .update(readFileSync(join(STATIC, name)))
    .digest("hex");

/** The file that holds a module, and all that it imports by statements, the one to be run first. */
function filesOf(chunks, name) {
  const module = join(STATIC, name);
  const found = new Set([chunks.find(({ moduleIds }) => moduleIds.includes(module)).fileName]);
  for (const chunk of chunks) if (chunk.facadeModuleId === module) found.add(chunk.fileName); // leads to it
  for (const file of found)
    for (const other of chunks.find(({ fileName }) => fileName === file).imports) found.add(other);
  return [...found].map((file) => `joined/${file}`);
}

const all = [];
/** @type {Record<string, {first: string[], later: string[]}>} */
const beginnings = {};
for (const beginning of BEGINNINGS) {
  const names = { entryFileNames: PART, chunkFileNames: PART };
  const made = await bundled(beginning.entry, names, groupsOf(beginning));
  const chunks = made.filter(({ type }) => type === "chunk");
  const first = filesOf(chunks, beginning.entry);
  const later = filesOf(chunks, beginning.later).filter((file) => !first.includes(file));
  beginnings[beginning.entry] = { first, later };
  all.push(...made);
}
all.push(...(await bundled(WORKER, { entryFileNames: "shared/[name].js" }, false)));

const modules = new Set(all.flatMap(({ moduleIds }) => moduleIds ?? []));
const sources = [...modules]
  .filter((id) => id.startsWith(STATIC))
  .map(nameOf)
  .sort(); // not the tool's own
const digests = Object.fromEntries(sources.map((name) => [name, digestOf(name)]));
const folder = mkdtempSync(`${MADE}-`);
chmodSync(folder, 0o755);
for (const file of all) write(folder, file);
writeFileSync(join(folder, "made_of.json"), JSON.stringify({ beginnings, sources: digests }, null, 1));
rmSync(MADE, { recursive: true, force: true });
renameSync(folder, MADE);
