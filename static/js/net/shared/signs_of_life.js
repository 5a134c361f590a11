// @ts-check
// Notices connections that are open and dead: of a living one the server says so every 15 seconds.

const LOOK_MILLISECONDS = 5_000;
const FIRST_MILLISECONDS = 20_000;
const SILENT_MILLISECONDS = 40_000;
const SLEPT_MILLISECONDS = 20_000; // between two looks; a hidden tab looks once a minute, but hears meanwhile

/** @type {Set<SignsOfLife>} */
const watched = new Set();

/** The signs of life of one connection. */
export class SignsOfLife {
  /** @param {() => void} onSilence  called once at most */
  constructor(onSilence) {
    this.onSilence = onSilence;
    this.hasCome = false;
    this.begunAt = this.heardAt = this.lookedAt = Date.now();
    this.timer = setInterval(() => this.look(), LOOK_MILLISECONDS);
    watched.add(this);
  }

  come() {
    this.hasCome = true;
    this.heardAt = Date.now();
  }

  /** @param {number} [longest]  that it may be silent, in milliseconds */
  look(longest = this.hasCome ? SILENT_MILLISECONDS : FIRST_MILLISECONDS) {
    const now = Date.now();
    if (now < this.heardAt) this.heardAt = now; // somebody has set the clock back
    const hasSlept = now - this.lookedAt > SLEPT_MILLISECONDS && this.heardAt <= this.lookedAt;
    this.lookedAt = now;
    if (!hasSlept && now - this.heardAt < longest) return;
    this.stop();
    this.onSilence();
  }

  stop() {
    clearInterval(this.timer);
    watched.delete(this);
  }
}

/** Takes for dead what was silent for so long, as something has changed. @param {number} longest  ms */
export function doubt(longest) {
  for (const signs of [...watched]) signs.look(longest);
}
