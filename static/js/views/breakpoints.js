// @ts-check
// The widths at which the page is laid out anew, in CSS pixels. The style sheets know these six alone:
// `max-width` is one less, for up to there the narrower layout holds.

const BREAKPOINTS = {
  small: 420, // a phone whose bar has no room for the name
  phone: 720, // one column, the buttons in the dock
  scrolling: 900, // the page scrolls, its parts lie below each other
  compact: 1100, // the bar leaves out what a key can do
  narrow: 1280, // the list of experiments is a menu
  wide: 1440, // every part has the room it was drawn for
};

/** Whether the window is narrower than that; it is told of changes. @param {keyof typeof BREAKPOINTS} name */
export const narrowerThan = (name) => matchMedia(`(max-width: ${BREAKPOINTS[name] - 1}px)`);
