// How much memory a page may have, and how much it had. Only Linux says and lets it be set.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";

const MEGABYTE = 2 ** 20;
export const GIGABYTE = 1024 * MEGABYTE;

/** Whether this machine can do it. */
export const canLimit = process.platform === "linux";

/** The one process that has the pages of a browser of its own. */
export class Renderer {
  constructor(id) {
    this.id = id;
  }

  /** `page` must be at the address that it will stay at: another site's page is in another process. */
  static async of(page) {
    const session = await page.context().browser().newBrowserCDPSession();
    const { processInfo } = await session.send("SystemInfo.getProcessInfo");
    await session.detach();
    const renderers = processInfo.filter(({ type }) => type === "renderer");
    // One that is kept for a page to come has drawn nothing and taken nothing yet.
    const [most] = renderers.map(({ id }) => new Renderer(id)).sort((one, other) => other.#bytes("VmRSS") - one.#bytes("VmRSS"));
    return most;
  }

  /**
   * From here on it may claim so many bytes: what it asks for beyond is refused, and it ends as a phone would
   * end it. What it has claimed so far does not count: an empty page has half a gigabyte, of which it uses next to
   * nothing (`RLIMIT_DATA` of https://man7.org/linux/man-pages/man2/getrlimit.2.html).
   */
  limit(bytes) {
    execFileSync("prlimit", ["--pid", String(this.id), `--data=${this.#bytes("VmData") + bytes}`]);
    // The peak is counted anew: https://docs.kernel.org/filesystems/proc.html
    writeFileSync(`/proc/${this.id}/clear_refs`, "5");
  }

  /** Fails unless this is still the page's process; gives the megabytes it had at most, and has now. */
  async had(page) {
    assert.equal((await Renderer.of(page)).id, this.id, "the page is in another process, which nothing limits");
    return { peak: Math.round(this.#bytes("VmHWM") / MEGABYTE), now: Math.round(this.#bytes("VmRSS") / MEGABYTE) };
  }

  #bytes(field) {
    const [, kilobytes] = readFileSync(`/proc/${this.id}/status`, "utf8").match(new RegExp(`^${field}:\\s+(\\d+) kB`, "m"));
    return Number(kilobytes) * 1024;
  }
}
