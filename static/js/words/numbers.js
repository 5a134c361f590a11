// @ts-check
// Numbers as the page says them: two places, whole per cents, a real minus sign.

const SMALL = [
  ...["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"],
  ...["eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"],
  "nineteen",
];
const TENS = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/** @param {number} value @param {number} [places] */
export function fixed(value, places = 2) {
  const text = value.toFixed(places);
  return text.startsWith("-") && Number(text) !== 0 ? `−${text.slice(1)}` : text.replace("-", "");
}

/** With its sign, plus too. @param {number} value @param {number} [places] */
export function signed(value, places = 2) {
  const text = fixed(value, places);
  return value > 0 && Number(value.toFixed(places)) !== 0 ? `+${text}` : text;
}

/** A weight or a limit: two places, more where two would say nothing. @param {number} limit */
export const placesFor = (limit) =>
  limit >= 0.05 || limit === 0 ? 2 : Math.min(6, 1 + Math.ceil(-Math.log10(limit)));

/** @param {number} share */
export const percent = (share) => `${Math.round(share * 100)} %`;

/** @param {number} count */
export const grouped = (count) => count.toLocaleString("en");

/** `sixteen`; digits from a hundred on. @param {number} count */
export function inWords(count) {
  if (count < SMALL.length) return SMALL[count];
  if (count >= 100) return grouped(count);
  const rest = count % 10;
  return TENS[Math.floor(count / 10)] + (rest ? `-${SMALL[rest]}` : "");
}

/** @param {string} text */
export const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** `4 s`, `9 min`: for lists. @param {number} seconds */
export function shortTime(seconds) {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${fixed(seconds / 3600, 1)} h`;
}

/** `four seconds`, `9 minutes`: in sentences. @param {number} seconds */
export function spokenTime(seconds) {
  if (seconds >= 90) return `${inWords(Math.round(seconds / 60))} minutes`;
  const whole = Math.max(1, Math.round(seconds));
  return whole === 1 ? "a second" : `${inWords(whole)} seconds`;
}

/** `42 s`, `3 min 20 s`: while it runs down. @param {number} seconds */
export function remainingTime(seconds) {
  if (seconds < 100) return `${Math.round(seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 10 ? `${minutes} min ${Math.round(seconds % 60)} s` : `${minutes} min`;
}
