// Holds what the page uses against MDN's data on browsers: since which version each one has it.

/** @typedef {Record<string, any>} Data */

/** What of `browsers` came later than the version promised: `firefox 121`, or nothing at all. */
export function later(support, browsers, isPrefixed = false) {
  return Object.entries(browsers).flatMap(([browser, promised]) => {
    const first = firstVersion(support[browser], isPrefixed);
    if (first === null) return [`${browser}: never`];
    return isBefore(promised, first) ? [`${browser} ${first}`] : [];
  });
}

/** The first version that has it for good, without a flag or a prefix; null when none has. */
function firstVersion(said, isPrefixed) {
  const good = [said ?? []]
    .flat()
    .filter(
      ({ version_added: added, version_removed: removed, flags, prefix, alternative_name: other }) =>
        Boolean(added) && added !== "preview" && !removed && !flags && (!prefix || isPrefixed) && !other,
    );
  const versions = good.map(({ version_added: added }) => added.replace("≤", ""));
  return versions.sort((one, other) => (isBefore(one, other) ? -1 : 1))[0] ?? null;
}

function isBefore(one, other) {
  const [mine, its] = [one, other].map((text) => text.split(".").map(Number));
  for (let at = 0; at < Math.max(mine.length, its.length); at++)
    if ((mine[at] ?? 0) !== (its[at] ?? 0)) return (mine[at] ?? 0) < (its[at] ?? 0);
  return false;
}

/** What the data says at `path` (`api.Element.ariaPressed`), or null. */
export function supportOf(data, path) {
  let here = data;
  for (const part of path) {
    if (here === null || typeof here !== "object" || !Object.hasOwn(here, part)) return null;
    here = here[part];
  }
  return here?.__compat?.support ?? null;
}
