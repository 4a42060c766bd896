// Run by `cargo xtask trunk-story` against a plain `trunk serve`, as a developer has it.
import { story } from "../harness.mjs";
import { DRAIN } from "../lib/city.mjs";
import { App } from "../pages/app.mjs";
import { CompletionPage } from "../pages/completion.mjs";
import { Errand } from "../pages/errand.mjs";

// A build without optimisation takes its time over the city.
const SLOW = { timeout: 120_000 };

story("`trunk serve` alone carries plot, close and completion", { device: "desk" }, async ({ page }) => {
  const app = await App.open(page);
  await app.map.loaded();
  const errand = new Errand(page);
  await errand.find(DRAIN.code);
  await errand.plot("drain-clear");
  await errand.close("drain-clear");
  const completion = await CompletionPage.open(page);
  await completion.choose("drain-clear");
  await completion.shows({ done: 1, open: 0, never: 3999, left: 3999 }, SLOW);
});
