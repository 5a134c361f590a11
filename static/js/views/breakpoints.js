// @ts-check
// The widths at which the page is laid out anew, in CSS pixels. The style sheets know these six alone:
// `max-width` is one less, for up to there the narrower layout holds. And the one height below which all of
// it scrolls as one page, unless it is wide.

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

/** Whether the window is so low that nothing may stick but one line, as zooming to 400 % makes it. */
export const low = matchMedia(LOW);

/** Whether the parts lie below each other and the page scrolls, instead of each part by itself. */
export const scrolling = matchMedia(
  `(max-width: ${BREAKPOINTS.scrolling - 1}px), (max-width: ${BREAKPOINTS.narrow - 1}px) and ${LOW}`,
);
