// What is set of the city's catalogue, on one device and without a server.
import assert from "node:assert/strict";
import { story, violations } from "./harness.mjs";
import { becomes } from "./lib/wait.mjs";
import { App } from "./pages/app.mjs";
import { Desk } from "./pages/desk.mjs";
import { Govern } from "./pages/govern.mjs";
import { Ledger } from "./pages/ledger.mjs";
import { SettingsPage } from "./pages/settings.mjs";
import { Toast } from "./pages/toast.mjs";
import { entry } from "./pages/words.mjs";

const KIND = "drain-clear";
const YEAR = new Date().getFullYear();
const PLANNED = entry("work_kinds", KIND).plan?.[YEAR] ?? "";

/** An opened city on a device that is the desk. */
async function atDesk(page) {
  const app = await App.open(page);
  await app.map.loaded();
  await Desk.here(page);
  return Govern.open(page);
}

story("what is planned for the year is set on the desk, counts in the ledger, and is taken back", { device: "desk" }, async ({ page }) => {
  const govern = await atDesk(page);
  const plan = govern.plan(KIND);
  await becomes(() => plan.inputValue(), PLANNED);
  assert.deepEqual(await violations(page), []);
  await govern.set(plan, "１2345");
  await new Toast(page).says("govern.kept");
  await becomes(() => plan.inputValue(), "12345");
  const [change] = await govern.changes();
  assert.match(change, new RegExp(`${PLANNED || "."} → 12345`));

  // It is there after a reload, and in the ledger.
  await page.goto(`${new URL(page.url()).origin}/#/ledger`);
  await page.reload();
  const ledger = new Ledger(page);
  await ledger.shows();
  await ledger.line(KIND).getByText(/12[,.]?345/).waitFor();

  const again = await Govern.open(page);
  await becomes(() => again.plan(KIND).inputValue(), "12345");
  await again.takeBack(0);
  await becomes(() => again.plan(KIND).inputValue(), PLANNED);
  const [taken] = await again.changes();
  assert.match(taken, /Taken back|已撤回/);
});

story("what makes no sense is refused where it was typed, and what is not said any more is empty", { device: "desk" }, async ({ page }) => {
  const govern = await atDesk(page);
  const plan = govern.plan(KIND);
  await becomes(() => plan.inputValue(), PLANNED);
  for (const nonsense of ["-5", "many", "1.5"]) {
    await govern.set(plan, nonsense);
    await becomes(async () => (await govern.fault(plan)).length > 0, true);
    assert.equal(await plan.inputValue(), nonsense, "what was typed stays");
  }
  assert.deepEqual((await govern.changes()).length, 0);
  await govern.set(plan, "");
  await new Toast(page).says("govern.kept");
  assert.equal(await govern.fault(plan), "");
  // A cycle that says nothing is none.
  const cycle = govern.cycle(KIND);
  await govern.set(cycle, "4");
  await becomes(async () => (await govern.changes()).length, 2);
  const limit = govern.limits("lid-replace").first();
  await govern.set(limit, "5");
  await becomes(async () => (await govern.changes()).length, 3);
  await new Toast(page).undo();
  await becomes(async () => (await govern.changes())[0].includes("6 → 5"), true);
});

story("a crew comes, is called otherwise, works here, and goes", { device: "phone" }, async ({ page }) => {
  const govern = await atDesk(page);
  await govern.addCrew("夜班", "Night crew", ["road"]);
  const crew = govern.crew("crew-1");
  await crew.waitFor();
  assert.deepEqual(await violations(page), []);
  await govern.set(crew.getByRole("textbox").nth(1), "Late crew");
  await becomes(async () => (await govern.changes()).length, 2);
  const settings = await SettingsPage.open(page);
  await settings.join("crew-1");
  const again = await Govern.open(page);
  await again.crew("crew-1").getByRole("button").click();
  await again.crew("crew-1").waitFor({ state: "detached" });
  await becomes(async () => (await again.changes()).length, 3);
});

story("who is not at a desk sets nothing, and is told what to do", { device: "phone" }, async ({ page }) => {
  const app = await App.open(page);
  await app.map.loaded();
  await app.go("settings");
  await becomes(() => Govern.way(page).count(), 0);
  await page.goto(`${new URL(page.url()).origin}/#/settings/city`);
  const govern = new Govern(page);
  await govern.mayNot.waitFor();
  assert.equal(await govern.region.getByRole("textbox").count(), 0);
});
