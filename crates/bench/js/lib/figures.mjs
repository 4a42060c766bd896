// Numbers of a bench.

export const median = (numbers) => share(numbers, 0.5);

/** The number that so large a share of them does not exceed. */
export function share(numbers, of) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(of * sorted.length))];
}

/** A wrong count is an error; a missed bar is none. */
export function same(what, ours, theirs) {
  const [a, b] = [JSON.stringify(ours), JSON.stringify(theirs)];
  if (a !== b) throw new Error(`${what}: ours ${a.slice(0, 400)}, theirs ${b.slice(0, 400)}`);
}

/** Numbers without an order, the same every time. */
export function chance(seed) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A figure beside another, and how many times as long that one took at least: `bar`. */
export function ratio(what, data, ours, theirs, bar, unit = "ms") {
  const is = theirs / ours;
  return told({ what, data, ours, theirs, unit, ratio: is, bar: bar && `≥ ${bar} ×`, met: bar && is >= bar, by: bar && bar / is });
}

/** A figure beside another, of which it may be so large a share at most. */
export function ratioAtMost(what, data, ours, theirs, bar, unit = "MB") {
  const is = theirs / ours;
  return told({ what, data, ours, theirs, unit, ratio: is, bar: `≤ 1/${Math.round(1 / bar)}`, met: ours / theirs <= bar, by: ours / theirs / bar });
}

/** A figure that may be so large at most. */
export function atMost(what, data, ours, bar, unit = "ms") {
  return told({ what, data, ours, unit, bar: `≤ ${bar} ${unit}`, met: ours <= bar, by: ours / bar });
}

/** A figure that is only told. */
export const figure = (what, data, ours, theirs, unit = "ms") => told({ what, data, ours, theirs, unit });

function told(row) {
  const { what, data, ours, theirs, unit, ratio, bar, met, by } = row;
  const number = (n) => (n === undefined ? "" : n.toFixed(n < 10 ? 2 : 0));
  const beside = theirs === undefined ? "" : ` theirs ${number(theirs)} ${unit}`;
  const times = ratio === undefined ? "" : ` ${ratio.toFixed(2)} ×`;
  const is = bar ? ` bar ${bar}: ${met ? "met" : `MISSED by ${by.toFixed(2)} ×`}` : "";
  console.log(`  ${what}, ${data}: ours ${number(ours)} ${unit}${beside}${times}${is}`);
  return row;
}
