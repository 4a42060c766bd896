// A slow processor, for all that a page does.
//
// The browser's own way (Emulation.setCPUThrottlingRate) slows the main thread alone; asked for a
// worker it answers "only supported for pages, not workers". But most of Mendmap's work is in its
// worker, and compiling is on threads of its own. So the browser's processes that run pages are
// stopped for three quarters of each few milliseconds, all threads of each alike. What is not made
// slow: the process that draws (a phone has a GPU for that, this machine draws by software), the
// network, and the disk behind IndexedDB.
import { constants, setPriority } from "node:os";
import { Worker } from "node:worker_threads";

/** How often the processes are looked for: a tab brings another with it, in ms. */
const LOOK = 100;
const MOST = 64;
/** What stands where in the memory that both threads share. */
const AT = { ON: 0, STOPPED: 1, COUNT: 2, LOOKED: 3, IDS: 4 };

/** The processes of a browser that run pages, `times` slower from `set(true)` on. */
export class Slow {
  static async of(browser, times) {
    const slow = new Slow();
    slow.session = await browser.newBrowserCDPSession();
    slow.shared = new Int32Array(new SharedArrayBuffer(4 * (AT.IDS + MOST)));
    slow.worker = new Worker(new URL("./stopper.mjs", import.meta.url), { workerData: { shared: slow.shared, times, ...AT } });
    slow.worker.unref();
    await slow.#look();
    // A program that is ended leaves no process stopped: a browser does not end such a one.
    slow.onExit = () => slow.#go();
    process.once("exit", slow.onExit);
    slow.timer = setInterval(() => slow.#look().catch(() => {}), LOOK);
    return slow;
  }

  async #look() {
    const { processInfo } = await this.session.send("SystemInfo.getProcessInfo");
    const renderers = processInfo.filter(({ type }) => type === "renderer").map(({ id }) => id);
    if (renderers.length > MOST) throw new Error(`${renderers.length} processes run pages`);
    for (const id of renderers) hurry(id);
    renderers.forEach((id, at) => Atomics.store(this.shared, AT.IDS + at, id));
    Atomics.store(this.shared, AT.COUNT, renderers.length);
    Atomics.store(this.shared, AT.LOOKED, Date.now() | 0);
  }

  #go() {
    for (const id of this.shared.subarray(AT.IDS, AT.IDS + this.shared[AT.COUNT])) {
      try {
        process.kill(id, "SIGCONT");
      } catch {
        // it has ended
      }
    }
  }

  set(is) {
    Atomics.store(this.shared, AT.ON, is ? 1 : 0);
    Atomics.notify(this.shared, AT.ON);
  }

  async end() {
    clearInterval(this.timer);
    this.set(false);
    while (Atomics.load(this.shared, AT.STOPPED) === 1) await new Promise((soon) => setTimeout(soon, 2)); // or a page would be left stopped
    await this.worker.terminate();
    process.off("exit", this.onExit);
    this.#go();
    await this.session.detach();
  }
}

/**
 * A process stops when its first thread has heard of it; on a busy machine that has to come in before
 * others. (A phone gives it such a rank too.)
 */
function hurry(id) {
  try {
    setPriority(id, constants.priority.PRIORITY_HIGH);
  } catch {
    // it has ended, or that is not allowed
  }
}

/** Some work of a fixed size, in ms. Self-contained: it crosses into the page. */
export function work() {
  const began = performance.now();
  let sum = 0;
  for (let n = 0; n < 1e8; n += 1) sum += Math.sqrt(n);
  return sum > 0 ? performance.now() - began : 0;
}
