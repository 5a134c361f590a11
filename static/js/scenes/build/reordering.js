// @ts-check
// Blocks are taken by their grip and put down between others.

/**
 * @param {HTMLElement} list
 * @param {(from: number, to: number) => void} move
 */
export function letReorder(list, move) {
  list.addEventListener("pointerdown", (event) => {
    const grip = event.target instanceof Element && event.target.closest(".build-grip");
    const item = grip && grip.closest(".build-item");
    if (!(item instanceof HTMLElement) || event.button !== 0) return;
    event.preventDefault();
    new Lift(list, item, event.clientY, move).follow(event.pointerId);
  });
}

class Lift {
  /**
   * @param {HTMLElement} list
   * @param {HTMLElement} item
   * @param {number} startY
   * @param {(from: number, to: number) => void} move
   */
  constructor(list, item, startY, move) {
    this.item = item;
    this.startY = startY;
    this.move = move;
    this.list = list;
    this.from = Number(item.dataset.block);
    this.to = this.from;
    this.places = [...list.children].slice(1).map((one) => middleOf(one));
  }

  /** @param {number} pointer */
  follow(pointer) {
    const { item } = this;
    const steer = new AbortController();
    const { signal } = steer;
    item.setPointerCapture(pointer);
    item.classList.add("lifted");
    item.addEventListener("pointermove", (event) => this.#drag(event.clientY), { signal });
    const end = (/** @type {boolean} */ isDone) => {
      steer.abort();
      this.#putDown(isDone);
    };
    item.addEventListener("pointerup", () => end(true), { signal });
    item.addEventListener("pointercancel", () => end(false), { signal });
  }

  /** @param {number} y */
  #drag(y) {
    this.item.style.transform = `translateY(${y - this.startY}px)`;
    const middle = this.places[this.from] + y - this.startY;
    this.to = this.places.filter((place, index) => index !== this.from && place < middle).length;
    for (const one of this.list.children) {
      const index = Number(/** @type {HTMLElement} */ (one).dataset.block);
      const others = index < this.from ? index : index - 1;
      one.classList.toggle("makes-room", index >= 0 && index !== this.from && others === this.to);
    }
  }

  /** @param {boolean} isDone */
  #putDown(isDone) {
    this.item.classList.remove("lifted");
    this.item.style.transform = "";
    for (const one of this.list.children) one.classList.remove("makes-room");
    if (isDone && this.to !== this.from) this.move(this.from, this.to);
  }
}

/** @param {Element} element */
function middleOf(element) {
  const { top, height } = element.getBoundingClientRect();
  return top + height / 2;
}
