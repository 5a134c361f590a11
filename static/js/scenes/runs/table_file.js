// @ts-check
// The rows of the table as files: for a spreadsheet, or all that is known of each run for programs.

/**
 * @typedef {import("../../types.js").Run} Run
 * @typedef {string | number | boolean | null | undefined} Value
 */

/** @type {[name: string, value: (run: Run) => Value][]} */
const COLUMNS = [
  ["id", ({ id }) => id],
  ["name", ({ name }) => name],
  ["note", ({ note }) => note],
  ["pinned", ({ pinned }) => pinned],
  ["preset", ({ preset }) => preset],
  ["differs", ({ differences }) => differences?.map(({ words }) => words).join("; ")],
  ["edges", ({ filters }) => filters?.oriented],
  ["edge_score", ({ filters }) => filters?.score],
  ["validation_accuracy", ({ metrics }) => metrics.validation_accuracy],
  ["validation_loss", ({ metrics }) => metrics.validation_loss],
  ["accuracy", ({ metrics }) => metrics.accuracy],
  ["loss", ({ metrics }) => metrics.loss],
  ["seed", ({ described }) => described.seed],
  ["source", ({ source }) => source],
  ["framework", ({ described }) => described.framework],
  ["status", ({ status }) => status],
  ["step", ({ step }) => step],
  ["total_steps", ({ total_steps }) => total_steps],
  ["training_seconds", ({ training_seconds }) => training_seconds],
  ["sweep", ({ sweep }) => sweep],
  ["created_at", ({ created_at }) => created_at],
];

/**
 * One row a run, under names as the interface has them.
 * @param {Run[]} runs
 * @param {"point" | "comma"} decimal
 */
export function csvOf(runs, decimal) {
  const separator = decimal === "comma" ? ";" : ",";
  const rows = [
    COLUMNS.map(([name]) => name),
    ...runs.map((run) => COLUMNS.map(([, of]) => cell(of(run), decimal))),
  ];
  return rows.map((row) => `${row.join(separator)}\n`).join("");
}

/** @param {Run[]} runs */
export const jsonOf = (runs) => `${JSON.stringify({ runs }, null, 1)}\n`;

/** @param {Value} value @param {"point" | "comma"} decimal */
function cell(value, decimal) {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return decimal === "comma" ? String(value).replace(".", ",") : String(value);
  return quoted(plain(String(value)));
}

/** A spreadsheet would work out what begins so: a name that was given stays one. @param {string} text */
const plain = (text) => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);

/** @param {string} text */
const quoted = (text) => (/[",;\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
