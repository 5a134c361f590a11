// @ts-check
// Tables of numbers and sums as a picture: every cell and word drawn where it stands on the page.

const PAPER_EDGE = 16;
/** Sharp on a slide. */
const SCALE = 2;

/** @typedef {{left: number, top: number, width: number, height: number}} Place */

/**
 * @param {HTMLElement} element  with cells, words or both
 * @param {string | null} paper
 */
export function vectorOfNumbers(element, paper) {
  const frame = element.getBoundingClientRect();
  const places = [...element.querySelectorAll("td, .term, h2, p")].map((one) => one.getBoundingClientRect());
  const width = Math.ceil(Math.max(...places.map(({ right }) => right)) - frame.left);
  const at = (/** @type {DOMRect} */ { left, top, width, height }) => ({
    left: left - frame.left,
    top: top - frame.top,
    width,
    height,
  });
  const cells = [...element.querySelectorAll("td")].map((cell) =>
    cellOf(cell, at(cell.getBoundingClientRect())),
  );
  const box = [-PAPER_EDGE, -PAPER_EDGE, width + 2 * PAPER_EDGE, Math.ceil(frame.height) + 2 * PAPER_EDGE];
  const [x, y, w, h] = box;
  const ground = paper ? `<rect x="${x}" y="${y}" width="${w}" height="${h}" fill="${paper}"/>` : "";
  const parts = [ground, ...cells, ...wordsOf(element, at)].filter(Boolean);
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${box[2]}" height="${box[3]}" ` +
    `viewBox="${box.join(" ")}">\n${parts.join("\n")}\n</svg>\n`
  );
}

/** @param {Blob} vector  an SVG file @returns {Promise<HTMLCanvasElement>} */
export async function raster(vector) {
  const address = URL.createObjectURL(vector);
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement("canvas");
    Object.assign(canvas, { width: image.naturalWidth * SCALE, height: image.naturalHeight * SCALE });
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return canvas;
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** A cell's ground, border and ring. @param {HTMLElement} cell @param {Place} place */
function cellOf(cell, place) {
  const look = getComputedStyle(cell);
  const border = parseFloat(look.borderTopWidth);
  const dashes = look.borderTopStyle === "dashed" ? ' stroke-dasharray="3 3"' : "";
  const line = border ? ` ${paint("stroke", look.borderTopColor)} stroke-width="${border}"${dashes}` : "";
  const plain = `<rect ${rectangle(place)} ${paint("fill", look.backgroundColor)}${line}/>`;
  if (look.outlineStyle === "none") return plain;
  const stroke = paint("stroke", look.outlineColor);
  const ring = `<rect ${rectangle(place, 1)} fill="none" ${stroke} stroke-width="2"/>`;
  return `${plain}<rect ${rectangle(place, 2)} fill="none" stroke="#fff" stroke-width="2"/>${ring}`;
}

/**
 * Word by word, since lines break differently in another font.
 * @param {HTMLElement} element
 * @param {(box: DOMRect) => Place} at
 */
function wordsOf(element, at) {
  const words = [];
  const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const parent = texts.currentNode.parentElement;
    if (!parent || parent.closest("button, .spoken, [hidden]")) continue;
    const range = document.createRange();
    for (const { 0: word, index } of (texts.currentNode.nodeValue ?? "").matchAll(/\S+/g)) {
      range.setStart(texts.currentNode, index);
      range.setEnd(texts.currentNode, index + word.length);
      words.push(wordOf(word, getComputedStyle(parent), at(range.getBoundingClientRect())));
    }
  }
  return words;
}

/** @param {string} word @param {CSSStyleDeclaration} look @param {Place} place */
function wordOf(word, look, { left, top, width, height }) {
  if (!width) return "";
  const middle =
    `x="${round(left + width / 2)}" y="${round(top + height / 2)}" text-anchor="middle" ` +
    `dominant-baseline="central"`;
  const family = look.fontFamily.replaceAll('"', "'");
  return (
    `<text ${middle} font-family="${family}" font-size="${look.fontSize}" ` +
    `font-weight="${look.fontWeight}" ${paint("fill", look.color)}>${escaped(word)}</text>`
  );
}

/** @param {Place} place @param {number} [inset] */
function rectangle({ left, top, width, height }, inset = 0) {
  return (
    `x="${round(left + inset)}" y="${round(top + inset)}" width="${round(width - 2 * inset)}" ` +
    `height="${round(height - 2 * inset)}"`
  );
}

/**
 * A computed colour as programs for drawing know it: its opacity stands apart.
 * @param {"fill" | "stroke"} part
 * @param {string} look
 */
function paint(part, look) {
  const [red, green, blue, alpha = "1"] = look.match(/[\d.]+/g) ?? [];
  return `${part}="rgb(${red},${green},${blue})"${Number(alpha) < 1 ? ` ${part}-opacity="${alpha}"` : ""}`;
}

/** @param {number} value */
const round = (value) => Number(value.toFixed(2));

/** @param {string} text */
const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
