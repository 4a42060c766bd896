// Giving out many assets at once, on one device and without a server.
import assert from "node:assert/strict";
import { story, violations } from "./harness.mjs";
import { asset } from "./lib/city.mjs";
import { becomes } from "./lib/wait.mjs";
import { App } from "./pages/app.mjs";
import { Desk } from "./pages/desk.mjs";
import { Errand } from "./pages/errand.mjs";
import { Give } from "./pages/give.mjs";
import { catalog, word } from "./pages/words.mjs";

const KIND = "drain-clear";
const sum = (of) => of.reduce((a, b) => a + b, 0);

/** Drains that fall due in every month: the demonstration's do not while it freezes, and a story is told in winter, too. */
async function withoutFrost(page) {
  await page.route("**/city/catalog.json", async (route) => {
    const response = await route.fetch();
    const city = await response.json();
    delete city.work_kinds.find(({ id }) => id === KIND).cycle.not_in_months;
    await route.fulfill({ response, json: city });
  });
}

story("what falls due on a street is given to two crews in rounds, split evenly", { device: "desk", serviceWorkers: "block" }, async ({ page }) => {
  await withoutFrost(page);
  const app = await App.open(page);
  await app.map.loaded();
  await Desk.here(page);
  const give = await Give.due(app);
  await give.kind(KIND);
  await becomes(async () => (await give.places()).length > 10, true);
  const places = await give.places();
  assert.equal(sum(places.map(({ overdue }) => overdue)), 0, "before the first record nobody knows what was done");
  assert.equal(sum(places.map(({ due }) => due)), 4000);
  const street = places.find(({ due }) => due > 60 && due < 150);
  await give.tick(street.name);
  const [one, other] = catalog.crews;
  await give.to(one.id);
  await give.to(other.id);
  await becomes(async () => sum((await give.loads()).map(({ assets }) => assets)), street.due);
  const loads = await give.loads();
  assert.ok(Math.abs(loads[0].after - loads[1].after) <= 5, JSON.stringify(loads));
  assert.deepEqual(await violations(page), []);
  await give.send.click();

  // It is in their rounds now, and due nowhere.
  const rounds = sum(loads.map((load) => load.rounds));
  const again = await Give.due(app);
  await again.kind(KIND);
  await becomes(async () => (await again.places()).length, places.length - 1);
  assert.ok(!(await again.places()).some(({ name }) => name === street.name));
  assert.equal(sum((await again.places()).map(({ due }) => due)), 4000 - street.due);
  await again.tick((await again.places())[0].name);
  await again.to(one.id);
  assert.equal((await again.loads())[0].before, loads[0].after, "what a crew has counts");
  await app.go("work");
  assert.ok(rounds >= 2);
  await becomes(() => app.work.lines(KIND).count(), rounds);
});

story("rounds that were given out are called off again with undo", { device: "desk", serviceWorkers: "block" }, async ({ page }) => {
  await withoutFrost(page);
  const app = await App.open(page);
  await app.map.loaded();
  await Desk.here(page);
  const give = await Give.due(app);
  await give.kind(KIND);
  await becomes(async () => (await give.places()).length > 10, true);
  const street = (await give.places()).find(({ due }) => due > 1 && due < 100);
  await give.tick(street.name);
  await give.to(catalog.crews[0].id);
  await give.send.click();
  await app.toast.undo();
  const again = await Give.due(app);
  await again.kind(KIND);
  await becomes(async () => (await again.places()).some(({ name, due }) => name === street.name && due === street.due), true);
});

story("what stands on a street is given to three crews from the map", { device: "desk" }, async ({ page }) => {
  const app = await App.open(page);
  await app.map.loaded();
  await Desk.here(page);
  const drain = asset("storm-drains", "2203820104001000");
  await new Errand(page).find(drain.code);
  await app.card.makeRound();
  await app.sheet.region.getByRole("button", { name: word("give.open") }).click();
  const give = new Give(page);
  await give.kind(KIND);
  for (const { id } of catalog.crews.slice(0, 3)) await give.to(id);
  await becomes(async () => (await give.loads()).length, 3);
  const loads = (await give.loads()).map(({ after }) => after);
  assert.ok(Math.max(...loads) - Math.min(...loads) <= 5, JSON.stringify(loads));
  await give.send.click();
  await app.go("work");
  await becomes(async () => (await app.work.lines(KIND).count()) >= 3, true);
});
