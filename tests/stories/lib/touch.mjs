// Fingers, as the browser hears of them.

async function touches(page, events) {
  const session = await page.context().newCDPSession(page);
  for (const [type, points, wait] of events) {
    await session.send("Input.dispatchTouchEvent", { type, touchPoints: points.map(([x, y]) => ({ x, y })) });
    if (wait) await page.waitForTimeout(wait);
  }
  await session.detach();
}

/** One finger from a point to another, in `steps` moves: a map dragged, a sheet pulled up. */
export async function drag(page, [x, y], [toX, toY], steps = 8) {
  const moves = Array.from({ length: steps }, (_, step) => {
    const part = (step + 1) / steps;
    return ["touchMove", [[x + (toX - x) * part, y + (toY - y) * part]], 16];
  });
  await touches(page, [["touchStart", [[x, y]], 16], ...moves, ["touchEnd", []]]);
}

/** One finger, held for `ms`. */
export async function press(page, point, ms = 700) {
  await touches(page, [["touchStart", [point], ms], ["touchEnd", []]]);
}
