// @ts-check
// The one painter: a drawing as SVG, on the page in its tokens, in files in their colours.

/**
 * @typedef {import("./drawing.js").Drawing} Drawing
 * @typedef {import("./drawing.js").Area} Area
 * @typedef {import("./drawing.js").Line} Line
 * @typedef {import("./drawing.js").Words} Words
 * @typedef {(token: string) => string} Paint
 */

const SPACE = "http://www.w3.org/2000/svg";

/** A token that follows the page's theme by itself. @type {Paint} */
const onPage = (token) => `var(--${token})`;

/**
 * @param {string} name
 * @param {Record<string, string | number>} attributes
 * @param {...(Node | string)} children
 */
export function shape(name, attributes, ...children) {
  const element = document.createElementNS(SPACE, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  element.append(...children);
  return element;
}

/** What is drawn, in the order in which it covers itself. @param {Drawing} drawing @param {Paint} [paint] */
export function painted({ shapes, words }, paint = onPage) {
  const drawn = shapes.map((one) => (one.kind === "area" ? area(one, paint) : line(one, paint)));
  const written = words.map((one) => text(one, paint));
  return [shape("g", { class: "lines" }, ...drawn), shape("g", { class: "words" }, ...written)];
}

/** @param {Area} mark @param {Paint} paint */
const area = ({ name, points, paint: token }, paint) =>
  shape("path", { class: classOf(name), d: `M${through(points)}Z`, fill: paint(token) });

/** @param {Line} mark @param {Paint} paint */
const line = ({ name, points, paint: token, width, dash }, paint) =>
  shape("path", {
    class: classOf(name),
    d: `M${through(points)}`,
    fill: "none",
    stroke: paint(token),
    "stroke-width": width,
    "stroke-linejoin": "round",
    ...(dash ? { "stroke-dasharray": dash.join(" ") } : {}),
  });

/** @param {Words} words @param {Paint} paint */
const text = ({ place: [x, y], text: said, size, paint: token, anchor, weight }, paint) =>
  shape(
    "text",
    {
      x: x.toFixed(1),
      y: y.toFixed(1),
      "font-size": size,
      fill: paint(token),
      "text-anchor": anchor,
      ...(weight ? { "font-weight": weight } : {}),
    },
    said,
  );

/** @param {string} name */
const classOf = (name) => name.replaceAll(" ", "-");

/** @param {import("./drawing.js").Point[]} points */
const through = (points) => points.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join("L");
