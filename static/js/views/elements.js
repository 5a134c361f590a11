// @ts-check
// Short ways to the elements of the page.

import { ORIENTED_LABELS } from "../contract.js";

/**
 * The element with this id; the page can't do without it.
 * @param {string} id
 * @returns {any}
 */
export function byId(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`the page has no element #${id}`);
  return element;
}

/**
 * A new element with these properties and children.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, unknown>} [properties]
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name === "class") element.className = String(value);
    else if (name.startsWith("aria-") || name.startsWith("data-") || name === "role")
      element.setAttribute(name, String(value));
    else Object.assign(element, { [name]: value });
  }
  element.append(...children);
  return element;
}

/**
 * Calls with the value of whatever is chosen in a group of radio buttons.
 * @param {string} id  of the group
 * @param {(value: string) => void} call
 */
export function onChoice(id, call) {
  byId(id).onchange = (/** @type {Event} */ { target }) =>
    target instanceof HTMLInputElement && call(target.value);
}

/**
 * Writes `text` only where it differs, so that nothing is laid out anew in vain.
 * @param {Element} element
 * @param {string} text
 */
export function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/**
 * The shape of a label or the picture on a button.
 * @param {string} symbol  its id in the page
 * @param {string} [className]
 */
export function icon(symbol, className = "") {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("aria-hidden", "true");
  if (className) svg.setAttribute("class", className);
  svg.append(document.createElementNS("http://www.w3.org/2000/svg", "use"));
  setIcon(svg, symbol);
  return svg;
}

/** @param {Element} svg @param {string} symbol */
export function setIcon(svg, symbol) {
  const use = svg.firstElementChild;
  if (use?.getAttribute("href") !== `#${symbol}`) use?.setAttribute("href", `#${symbol}`);
}

/**
 * Shows a label's shape, turned as the edge runs.
 * @param {SVGElement} svg
 * @param {string | undefined} label
 * @param {number} degrees
 */
export function setGlyph(svg, label, degrees = 0) {
  svg.style.visibility = label ? "visible" : "hidden";
  if (!label) return;
  setIcon(svg, `glyph-${label}`);
  const turned = ORIENTED_LABELS.has(label) ? `rotate(${-Math.round(degrees)}deg)` : "";
  if (svg.style.transform !== turned) svg.style.transform = turned;
}
