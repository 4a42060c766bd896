// Where one measurement is made: a host, the line to it, and phones on the line.
import assert from "node:assert/strict";
import { Device, Log } from "../lib/device.mjs";
import { host } from "./host.mjs";
import { Line } from "./line.mjs";
import { Slow, work } from "./slow.mjs";
import { watch } from "./watch.mjs";

/** How many times slower the processor is. */
export const TIMES = 4;
/** Slower than this is reached; where the machine is busy the plain time has waiting in it, and less than TIMES is seen. */
const REACHED = 1.3;
const SCREEN = { width: 360, height: 740 };

export const middle = (times) => times.toSorted((one, other) => one - other)[Math.floor(times.length / 2)];

export class Place {
  phones = [];
  log = new Log();

  static async open(upstream) {
    assert.ok(upstream, "run it with `cargo xtask phone`");
    const place = new Place();
    place.host = await host(upstream);
    place.line = await Line.to(place.host.port);
    return place;
  }

  /** A phone with nothing on it; neither it nor the line is slow yet. */
  async phone(options = {}) {
    const device = await Device.open({ device: "phone", viewport: SCREEN, allow: /status of 401/, ...options }, this.log);
    this.phones.push(device);
    await device.context.addInitScript(watch);
    return device;
  }

  /** Makes processor and line slow, does something, and makes them fast again. */
  async slowly(device, act) {
    const slow = await Slow.of(device.context.browser(), TIMES);
    try {
      slow.set(true);
      this.line.isSlow = true;
      return await act(slow);
    } finally {
      this.line.isSlow = false;
      await slow.end();
    }
  }

  /** How many times slower page, worker and service worker are, as each says itself. */
  async checkSlowness(device) {
    const { page } = device;
    const [serviceWorker] = device.context.serviceWorkers();
    const [worker] = page.workers();
    const who = { page, worker, "service worker": serviceWorker };
    const found = {};
    for (const [name, one] of Object.entries(who)) {
      const ask = () => one.evaluate(work);
      const [plain, slow] = [[], []];
      for (let turn = 0; turn < 5; turn += 1) {
        plain.push(await ask());
        slow.push(await this.slowly(device, ask));
      }
      found[name] = middle(slow) / middle(plain);
    }
    for (const [name, times] of Object.entries(found)) assert.ok(times > REACHED, `${name} is ${times.toFixed(1)} times slower: it is not reached`);
    return found;
  }

  async close() {
    for (const device of this.phones) await device.context.close();
    await this.log.settled();
    this.line.close();
    this.host.close();
    assert.deepEqual(this.log.errors, [], "the page reported errors");
  }
}
