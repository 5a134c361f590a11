// @ts-check
// The window goes on from place to place while the word that makes it slide is lit; not with reduced motion.

const STAY_MILLISECONDS = 140;
const still = matchMedia("(prefers-reduced-motion: reduce)");

export class Sliding {
  #steps = 0;
  #timer = 0;

  /** @param {() => void} redraw */
  constructor(redraw) {
    this.redraw = redraw;
  }

  /** @param {boolean} goes */
  keep(goes) {
    if (!goes || still.matches) return this.stop();
    this.#timer ||= window.setInterval(() => {
      this.#steps += 1;
      this.redraw();
    }, STAY_MILLISECONDS);
  }

  stop() {
    clearInterval(this.#timer);
    this.#timer = this.#steps = 0;
  }

  /**
   * The place after as many steps, row by row.
   * @param {[number, number]} place
   * @param {[number, number]} size
   * @returns {[number, number]}
   */
  from([row, column], [rows, columns]) {
    const at = (row * columns + column + this.#steps) % (rows * columns);
    return [Math.floor(at / columns), at % columns];
  }
}
