// How a story is told: a browser, devices in it, and what is kept when a story fails.
//
//   import { story } from "./harness.mjs";
//   story("a drain is plotted, done and closed", { device: "phone" }, async ({ page, device }) => { … });
//
// Run by `cargo xtask stories [part of a file's name]`, which serves dist/ and says where in
// MENDMAP_URL. Every story gets devices of its own: nothing is left over from another. A story
// fails on its own assertions, and on anything the page throws or logs as an error.
import { after, test } from "node:test";
import { closeBrowser, Device, Log } from "./lib/device.mjs";

export { turns, violations } from "./lib/accessibility.mjs";
export { address, Device, SHUANGLIAO } from "./lib/device.mjs";
export { longFrames } from "./lib/frames.mjs";
export { drag, press } from "./lib/touch.mjs";

after(closeBrowser);

/**
 * One story. `options`: see {@link Device}, and `timeout` in ms, `allow` a pattern of errors the
 * story is about. Only a story that looks at the map's pixels has them drawn: `seen: true`. `tell` is given `{page, device, another(options)}`: the first device, its tab, and
 * a way to bring in another.
 */
export function story(name, options, tell) {
  if (typeof options === "function") [options, tell] = [{}, options];
  const { timeout = 400_000, ...rest } = options;
  const deviceOptions = { seen: false, ...rest };
  test(name, { timeout }, async (t) => {
    const log = new Log();
    const devices = [];
    const another = async (more = {}) => {
      const opened = await Device.open({ ...deviceOptions, ...more }, log);
      devices.push(opened);
      return opened;
    };
    try {
      const device = await another();
      await tell({ page: device.page, device, another, t });
      await log.settled();
      if (log.errors.length > 0) throw new Error(`the page reported errors:\n${log.errors.join("\n")}`);
    } catch (error) {
      const { folder, said } = await log.keep(name);
      // Where a machine is gone when somebody reads this, its folders are too.
      console.error(`✗ ${name}: screenshots and console in ${folder}\n${said}`);
      throw error;
    } finally {
      for (const device of devices) await device.context.close();
    }
  });
}
