// What the page's modules use of the browser and of the language, found by the type checker.

import { relative } from "node:path";

const MIXED_IN = ["Element", "HTMLElement", "Document", "Window", "Node"];

/** @yields {{paths: string[][], at: string}} the names that MDN may know it by, and where it is used */
export function* scriptUses(ts, program) {
  const checker = program.getTypeChecker();
  for (const source of program.getSourceFiles()) {
    if (source.isDeclarationFile) continue;
    const found = [];
    const visit = (node) => {
      for (const paths of pathsOf(ts, checker, node)) found.push({ paths, at: placeOf(source, node) });
      ts.forEachChild(node, visit);
    };
    visit(source);
    yield* found;
  }
}

const placeOf = (source, node) =>
  `${relative("", source.fileName)}:${source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1}`;

function* pathsOf(ts, checker, node) {
  if (ts.isPropertyAccessExpression(node))
    yield* membersOf(ts, checker, checker.getTypeAtLocation(node.expression), node.name.text);
  else if (ts.isObjectBindingPattern(node)) {
    const type = checker.getTypeAtLocation(node);
    for (const { propertyName, name } of node.elements)
      yield* membersOf(ts, checker, type, (propertyName ?? name).text ?? "");
  } else if (ts.isIdentifier(node) && !ts.isPropertyAccessExpression(node.parent))
    yield* globalsOf(checker, node);
  else yield* syntaxOf(ts, node);
}

/** A member of a type that comes with the browser or the language. */
function* membersOf(ts, checker, type, name) {
  const parts = type.isUnion() ? type.types : [type];
  for (const part of parts) {
    const member = checker.getPropertyOfType(checker.getApparentType(part), name);
    for (const declared of member?.declarations ?? []) {
      if (!isBuiltIn(declared)) continue;
      const owner = (declared.parent?.name?.text ?? "").replace(/Constructor$/, "");
      const whose = [owner, part.symbol?.name ?? "", ...MIXED_IN];
      yield whose.flatMap((one) => [
        ["api", one, name],
        ["api", one, `${name}_static`],
        ["javascript", "builtins", one, name],
        ["javascript", "builtins", "Intl", one, name],
      ]);
    }
  }
}

function* globalsOf(checker, node) {
  const symbol = checker.getSymbolAtLocation(node);
  if (!symbol?.declarations?.some(isBuiltIn)) return;
  yield [
    ["api", node.text],
    ["javascript", "builtins", node.text],
    ["api", "Window", node.text],
  ];
}

const isBuiltIn = (declared) => /\/typescript\/lib\/lib\..*\.d\.ts$/.test(declared.getSourceFile().fileName);

/** What the language itself has learned late. */
function* syntaxOf(ts, node) {
  if (ts.isRegularExpressionLiteral(node)) {
    if (/\/[a-z]*v[a-z]*$/.test(node.text)) yield [["javascript", "builtins", "RegExp", "unicodeSets"]];
    if (/\(\?<[=!]/.test(node.text)) yield [["javascript", "regular_expressions", "lookbehind_assertion"]];
    if (/\(\?[a-z]*-?[a-z]+:/.test(node.text)) yield [["javascript", "regular_expressions", "modifier"]];
  }
  if (ts.isImportDeclaration(node) && node.attributes)
    yield [["javascript", "statements", "import", "import_attributes"]];
  if (ts.isClassStaticBlockDeclaration(node))
    yield [["javascript", "classes", "static_initialization_blocks"]];
  if (ts.isVariableDeclarationList(node) && node.flags & ts.NodeFlags.Using)
    yield [["javascript", "statements", "using"]];
}
