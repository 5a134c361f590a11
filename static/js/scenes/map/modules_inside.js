// @ts-check
// The page's own modules inside one file: an import map of `data:` addresses. `app/export/modules.py` makes
// the same for a run's page.

const IMPORTED = new RegExp(
  /(?<before>^(?:import|export)\b[^;"']*?\bfrom\s*|^import\s*|\bimport\()/.source +
    /(?<quote>["'])(?<target>\.[^"']+)\k<quote>/.source,
  "gm",
);
const COMMENT = /\/\*\*[^]*?\*\/|^\s*\/\/[^\n]*$/gm;

/**
 * A module and all it imports: text by name below the root, its imports bare.
 * @param {URL} root
 * @param {string} entry
 * @param {(address: URL) => Promise<string>} [read]
 * @returns {Promise<Map<string, string>>}
 */
export async function moduleGraph(root, entry, read = fetched) {
  /** @type {Map<string, string>} */
  const found = new Map();
  /** @type {(name: string) => Promise<void>} */
  const take = async (name) => {
    if (found.has(name)) return;
    found.set(name, "");
    const address = new URL(name, root);
    const text = (await read(address)).replace(COMMENT, "");
    const nameOf = (/** @type {string} */ target) =>
      new URL(target, address).pathname.slice(root.pathname.length);
    const targets = [...text.matchAll(IMPORTED)].map(({ groups }) => nameOf(String(groups?.target)));
    found.set(
      name,
      text.replace(IMPORTED, (_, before, quote, target) => `${before}"filterscope/${nameOf(target)}"`),
    );
    await Promise.all(targets.map(take));
  };
  await take(entry);
  return found;
}

/** @param {URL} address */
export async function fetched(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`The server answered ${answer.status} to ${address.pathname}.`);
  return answer.text();
}

/** @param {Map<string, string>} modules */
export function importMap(modules) {
  const places = [...modules].map(([name, text]) => {
    let bytes = "";
    for (const byte of new TextEncoder().encode(text)) bytes += String.fromCharCode(byte);
    return [`filterscope/${name}`, `data:text/javascript;base64,${btoa(bytes)}`];
  });
  return JSON.stringify({ imports: Object.fromEntries(places) });
}
