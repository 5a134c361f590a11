// @ts-check
// One question at a time and not too often; what was wanted meanwhile is asked once, at the end.

export class TurnTaking {
  #isWanted = false;
  #isBusy = false;

  /**
   * @param {() => Promise<number>} ask  returns the seconds after which the same is to be asked again; 0: not
   * @param {number} apart  milliseconds between two questions, at least
   */
  constructor(ask, apart) {
    this.ask = ask;
    this.apart = apart;
  }

  want() {
    this.#isWanted = true;
    if (!this.#isBusy) this.#work();
  }

  async #work() {
    this.#isBusy = true;
    while (this.#isWanted) {
      this.#isWanted = false;
      const [seconds] = await Promise.all([this.ask(), pause(this.apart)]);
      if (!seconds) continue;
      await pause(seconds * 1000);
      this.#isWanted = true;
    }
    this.#isBusy = false;
  }
}

/** @param {number} milliseconds */
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
