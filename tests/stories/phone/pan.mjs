// How much the main thread has to do for each frame while the map is dragged.
//
// A trace says when each task of the page's main thread began and ended, and when each frame was
// begun there (AnimationFrame). What is summed is all that the thread did from one such
// beginning to the next: the frame's own work, and tiles, messages and input in between. Times are by
// the clock, under the slowed processor: a task that was stopped is longer by that, as it would be on
// a slower one. The same is given by the thread's own clock, times the slowness: that leaves out what
// other programs take from it. Frames in which no script drew are left out: nothing moved.
import assert from "node:assert/strict";
import { hashThat } from "../lib/address.mjs";
import { App } from "../pages/app.mjs";
import { TIMES as TIMES_SLOWER } from "./place.mjs";

const BAR = 16;
const TIMES = 5;
/** A finger moves so many pixels, so many times, lifting in between: five seconds in all. */
const SWIPE = 260;
const SWIPES = 8;
const STEPS = 30;
const STEP = 16;
const CENTER = [123.5, 43.52];
const ZOOM = 16;
const FRAME = "AnimationFrame";
const TASK = "RunTask";
/** In a frame that the map draws. */
const DRAWN = "FireAnimationFrame";
const CATEGORIES = ["blink.user_timing", "devtools.timeline", "devtools.timeline.frame", "disabled-by-default-devtools.timeline"];
/** Fewer frames in five seconds are no drag. */
const LEAST = 10;

/** Swipes up and down the city. */
async function swipes(page, box) {
  const session = await page.context().newCDPSession(page);
  // Not waited for each by itself: a finger does not wait for the page, and one that did would rest.
  const sent = [];
  const send = (type, points) => sent.push(session.send("Input.dispatchTouchEvent", { type, touchPoints: points }));
  const x = box.x + 60;
  const top = box.y + 90;
  for (let swipe = 0; swipe < SWIPES; swipe += 1) {
    // Four up, and four down again to come out elsewhere: most of the way is new.
    const [from, to] = swipe < SWIPES / 2 ? [top + SWIPE, top] : [top, top + SWIPE];
    const aside = 160; // each goes aside as well
    let due = performance.now();
    send("touchStart", [{ x, y: from }]);
    for (let step = 1; step <= STEPS; step += 1) {
      due += STEP;
      await new Promise((later) => setTimeout(later, Math.max(0, due - performance.now())));
      send("touchMove", [{ x: x + (aside * step) / STEPS, y: from + ((to - from) * step) / STEPS }]);
    }
    send("touchEnd", []);
    await Promise.all(sent);
    await page.waitForTimeout(120);
  }
  await session.detach();
}

/** Milliseconds that the main thread was busy in each frame between two marks of the page, from a trace. */
export function busy({ traceEvents: events }) {
  const { pid, tid, ts: from } = events.find(({ name }) => name === "phone:begin") ?? {};
  const here = events.filter((event) => event.pid === pid && event.tid === tid).sort((one, other) => one.ts - other.ts);
  const to = here.find(({ name }) => name === "phone:end")?.ts;
  assert.ok(from && to, "the trace has both marks");
  const frames = here.filter(({ name, ph, ts }) => name === FRAME && ph === "b" && ts >= from && ts <= to).map(({ ts }) => ts);
  // Tasks do not lie within one another; what is not the outermost is left out.
  const tasks = [];
  for (const { name, ph, ts, dur, tdur = 0 } of here) if (name === TASK && ph === "X" && ts >= (tasks.at(-1)?.end ?? 0)) tasks.push({ ts, end: ts + dur, thread: tdur });
  return sums(frames, tasks, here.filter(({ name }) => name === DRAWN).map(({ ts }) => ts));
}

function sums(frames, tasks, drawn) {
  const found = [];
  for (let at = 0, n = 1; n < frames.length; n += 1) {
    const [begin, end] = [frames[n - 1], frames[n]];
    while (at < tasks.length && tasks[at].end < begin) at += 1;
    const sum = { clock: 0, thread: 0 };
    for (let task = at; task < tasks.length && tasks[task].ts < end; task += 1) {
      const { ts, end: over, thread } = tasks[task];
      const within = Math.max(0, Math.min(end, over) - Math.max(begin, ts));
      sum.clock += within / 1000;
      sum.thread += (thread * within) / (over - ts || 1) / 1000;
    }
    if (drawn.some((ts) => ts >= begin && ts < end)) found.push(sum);
  }
  return found;
}

const centre = (hash) => new URLSearchParams(hash.split("?")[1]).get("at");

export async function pan(place, figures) {
  const device = await place.phone();
  const { page } = device;
  const browser = device.context.browser();
  const all = [];
  for (let turn = 0, tries = 0; turn < TIMES; tries += 1) {
    assert.ok(tries < 3 * TIMES, "the browser takes each drag for a finger that rests: nothing can be measured");
    // Each time anew, or the tiles would be there already.
    await page.goto("about:blank");
    const app = await App.open(page, `${place.line.address}#/?at=${ZOOM.toFixed(2)}/${CENTER[1]}/${CENTER[0]}`);
    await app.map.loaded();
    await app.sheet.shrink();
    const box = await app.map.box();
    const began = centre(await page.evaluate(() => location.hash));
    await browser.startTracing(page, { categories: CATEGORIES });
    await place.slowly(device, async () => {
      await page.evaluate(() => performance.mark("phone:begin"));
      await swipes(page, box);
      await page.evaluate(() => performance.mark("phone:end"));
    });
    const frames = busy(JSON.parse((await browser.stopTracing()).toString()));
    const now = await hashThat(page, (hash) => centre(hash) !== began, "says that the map moved");
    if (now.includes("/place/")) continue; // where the machine is busy a drag that is late is a press
    assert.ok(frames.length > LEAST, `${frames.length} frames in a drag of five seconds`);
    all.push(...frames);
    turn += 1;
  }
  figures.add("main thread for each frame while the map is dragged", all.map(({ clock }) => clock), { bar: BAR, by: "p95" });
  figures.add(`  by the thread's own clock, times ${TIMES_SLOWER}`, all.map(({ thread }) => thread * TIMES_SLOWER));
}
