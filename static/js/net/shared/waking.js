// @ts-check
// When a connection that looks open is to be doubted: the network is another, the tab is looked at again.

const JUST_NOW_MILLISECONDS = 2_000;
const DUE_MILLISECONDS = 20_000; // a living connection has said something meanwhile

/**
 * @param {(longest: number) => void} doubt  is told for how long a connection may have been silent
 * @returns {() => void}  ends it
 */
export function onWaking(doubt) {
  const online = () => doubt(JUST_NOW_MILLISECONDS);
  const look = () => document.visibilityState === "visible" && doubt(DUE_MILLISECONDS);
  addEventListener("online", online);
  document.addEventListener("visibilitychange", look);
  return () => {
    removeEventListener("online", online);
    document.removeEventListener("visibilitychange", look);
  };
}
