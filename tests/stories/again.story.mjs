// Going back to an asset where something is plotted already.
import { story } from "./harness.mjs";
import { DRAIN } from "./lib/city.mjs";
import { App } from "./pages/app.mjs";
import { Errand } from "./pages/errand.mjs";
import { within } from "./pages/words.mjs";

story("work that is plotted already is gone on with, and not plotted twice", { device: "phone" }, async ({ page }) => {
  const app = await App.at(page, DRAIN.at);
  const errand = new Errand(page);
  await errand.find(DRAIN.code);
  await errand.plot("drain-clear");
  await app.hasSaved(1);

  await errand.find(DRAIN.code);
  await app.card.plot();
  await app.plotMenu.kind("drain-clear").filter({ hasText: within("task.plot_already") }).click();
  await app.task.shows("drain-clear", "open");
  await app.hasSaved(1);
});

story("where two kinds of work are open, the card's button says which of them it reports", { device: "phone" }, async ({ page }) => {
  const app = await App.at(page, DRAIN.at);
  const errand = new Errand(page);
  await errand.find(DRAIN.code);
  await errand.plot("drain-clear");
  await errand.find(DRAIN.code);
  await errand.plot("drain-repair");

  await errand.find(DRAIN.code);
  await app.card.reportOf("drain-repair").click();
  await app.report.shows();
  await app.report.quantity("drain-repair").waitFor();
});
