// @ts-check
// What another step asks of the server waits until the scrubber rests; while training goes on, not for ever.

const RESTED_MILLISECONDS = 150;
const LIVE_MILLISECONDS = 400;

/** @param {() => void} fire */
export function afterRest(fire) {
  let timer = 0;

  function now() {
    clearTimeout(timer);
    timer = 0;
    fire();
  }

  return {
    now,
    /** @param {boolean} live  new steps keep coming */
    later(live) {
      if (timer && live) return;
      clearTimeout(timer);
      timer = window.setTimeout(now, live ? LIVE_MILLISECONDS : RESTED_MILLISECONDS);
    },
  };
}
