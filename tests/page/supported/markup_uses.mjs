// What templates use: elements and attributes.

/** @yields {{paths: string[][], at: string}} */
export function* markupUses(name, text) {
  const lines = text.replaceAll(/\{[%{#][^]*?[%}#]\}/g, (found) => found.replaceAll(/[^\n]/g, " "));
  for (const { 0: tag, 1: element, index } of lines.matchAll(/<([a-z][a-z0-9]*)((?:\s+[^<>]*)?)>/g)) {
    const at = `${name}:${lines.slice(0, index).split("\n").length}`;
    yield { paths: [["html", "elements", element]], at };
    for (const [, attribute] of tag.replaceAll(/"[^"]*"/g, "").matchAll(/\s([a-z][a-z-]*)/g))
      yield {
        paths: [
          ["html", "elements", element, attribute],
          ["html", "global_attributes", attribute],
        ],
        at,
      };
  }
}
