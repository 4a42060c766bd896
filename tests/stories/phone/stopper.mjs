// Stops processes for a part of the time: a thread of slow.mjs, which says whether and which.
import { constants, setPriority } from "node:os";
import { workerData } from "node:worker_threads";

/** So long they run in one go, in ms: short against what is measured, long against what a signal costs. */
const RUN = 1;

const { shared, times, ON, STOPPED, COUNT, LOOKED, IDS } = workerData;
/** Processes that were not looked for so long may have ended, and their numbers be others', in ms. */
const OLD = 1_000;
const nap = new Int32Array(new SharedArrayBuffer(4));
const wait = (ms) => Atomics.wait(nap, 0, 0, ms);

function signal(ids, name) {
  for (const id of ids) {
    try {
      process.kill(id, name);
    } catch {
      // it has ended
    }
  }
}

// On a busy machine this thread would come late to every stop. (Linux takes 0 as the thread that asks.)
try {
  setPriority(0, constants.priority.PRIORITY_HIGHEST);
} catch {
  // only for whom that is allowed
}

for (;;) {
  if (Atomics.load(shared, ON) === 0) Atomics.wait(shared, ON, 0);
  const began = performance.now();
  wait(RUN);
  // What was overslept is made up for: what counts is the share of the time.
  const ran = performance.now() - began;
  const ids = [...shared.subarray(IDS, IDS + Atomics.load(shared, COUNT))];
  // Said before it is looked whether they shall be: whoever takes that back and then sees that
  // nothing is stopped may be sure that nothing will be.
  Atomics.store(shared, STOPPED, 1);
  if (Atomics.load(shared, ON) === 1 && (Date.now() | 0) - Atomics.load(shared, LOOKED) < OLD) {
    signal(ids, "SIGSTOP");
    wait(ran * (times - 1));
    signal(ids, "SIGCONT");
  }
  Atomics.store(shared, STOPPED, 0);
}
