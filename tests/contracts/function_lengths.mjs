// Measures functions of the page's modules with TypeScript's own parser.
// Asked with its path and a list of files; answers with one JSON list of [file, line, name, lines].

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [parser, ...files] = process.argv.slice(2);
const { default: ts } = await import(pathToFileURL(parser).href);

/** From the line its head begins on, without its comment, to the one its body ends on. */
function measured(file, source, node) {
  const line = (place) => source.getLineAndCharacterOfPosition(place).line;
  const [first, last] = [line(node.getStart(source)), line(node.getEnd())];
  const named = node.name ?? node.parent.name;
  return [file, first + 1, named?.getText(source) ?? "(anonymous)", last - first + 1];
}

/** Functions within functions count in both. */
function functionsIn(file) {
  const source = ts.createSourceFile(file, readFileSync(file, "utf-8"), ts.ScriptTarget.Latest, true);
  const found = [];
  const visit = (node) => {
    if (ts.isFunctionLike(node) && node.body) found.push(measured(file, source, node));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

console.log(JSON.stringify(files.flatMap(functionsIn)));
