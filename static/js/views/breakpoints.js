// @ts-check
// The widths at which the page is laid out anew, in CSS pixels. The style sheets know these six alone:
// `max-width` is one less, for up to there the narrower layout holds. And the two heights: below the one all
// of it scrolls as one page, unless it is wide; below the other a wide window has no room for two pictures.

const BREAKPOINTS = {
  small: 420, // a phone whose bar has no room for the name
  phone: 720, // one column, the buttons in the dock
  scrolling: 900, // the page scrolls, its parts lie below each other
  compact: 1100, // the dock leaves out words, the builder its third column
  narrow: 1280, // the list of experiments is a menu
  wide: 1440, // every part has the room it was drawn for
};

/** Whether the window is narrower than that; it is told of changes. @param {keyof typeof BREAKPOINTS} name */
export const narrowerThan = (name) => matchMedia(`(max-width: ${BREAKPOINTS[name] - 1}px)`);

const LOW = "(max-height: 499px)";
const SHORT = `(min-width: ${BREAKPOINTS.scrolling}px) and (min-height: 500px) and (max-height: 799px)`;

/** Whether the window is so low that nothing may stick but one line, as zooming to 400 % makes it. */
export const low = matchMedia(LOW);

/** Whether it is wide and a beamer's height: what a filter is lies in the tiles' free places. */
export const short = matchMedia(SHORT);

/** Whether the filters before aren't beside those now, but in their place for as long as one asks. */
export const folded = matchMedia(`${LOW}, ${SHORT}`);

/** Whether one points by finger. */
export const coarse = matchMedia("(pointer: coarse)");

/** Whether the parts lie below each other and the page scrolls, instead of each part by itself. */
export const scrolling = matchMedia(
  `(max-width: ${BREAKPOINTS.scrolling - 1}px), (max-width: ${BREAKPOINTS.narrow - 1}px) and ${LOW}`,
);
