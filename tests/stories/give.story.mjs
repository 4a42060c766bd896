// Giving out many assets at once, on one device and without a server.
import assert from "node:assert/strict";
import { story, violations } from "./harness.mjs";
import { DRAIN, asset, inBox } from "./lib/city.mjs";
import { becomes } from "./lib/wait.mjs";
import { App } from "./pages/app.mjs";
import { Desk } from "./pages/desk.mjs";
import { Errand } from "./pages/errand.mjs";
import { Give } from "./pages/give.mjs";
import { catalog, within, word } from "./pages/words.mjs";

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
  await give.urgent.check();
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
  // What a crew has counts.
  await becomes(async () => (await again.loads())[0]?.before, loads[0].after);
  await app.go("work");
  assert.ok(rounds >= 2);
  await becomes(() => app.work.lines(KIND).count(), rounds);
  await becomes(() => app.work.lines(KIND).filter({ hasText: within("task.urgent") }).count(), rounds);

  // Each says how pressing it is, as whoever gives it to others sees.
  await app.work.lines(KIND).first().click();
  await app.sheet.region.getByText(word("task.urgent"), { exact: true }).waitFor();
  await app.sheet.region.getByRole("button", { name: word("desk.dispatch") }).click();
  await give.urgent.and(page.locator(":checked")).waitFor();
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

/** A street that is shared by two crews; how it is, and the form. */
async function shared(page) {
  await withoutFrost(page);
  const app = await App.open(page);
  await app.map.loaded();
  await Desk.here(page);
  const give = await Give.due(app);
  await give.kind(KIND);
  await becomes(async () => (await give.places()).length > 10, true);
  const street = (await give.places()).find(({ due }) => due > 60 && due < 150);
  await give.tick(street.name);
  for (const { id } of catalog.crews.slice(0, 2)) await give.to(id);
  await becomes(async () => sum((await give.loads()).map(({ assets }) => assets)), street.due);
  return { app, give, street };
}

const sizes = async (give) => (await give.loads()).map(({ assets }) => assets);

story("what one crew got by nearness is given to another by hand, and the loads say so at once", { device: "desk", serviceWorkers: "block" }, async ({ page }) => {
  const { app, give, street } = await shared(page);
  const [one, other] = catalog.crews;
  const [ours, theirs] = await sizes(give);
  await give.correct(one.id, "asset");
  await becomes(async () => (await give.parts()).length > 1, true);
  await give.moveFirst(other.id);
  await becomes(() => sizes(give), [ours - 1, theirs + 1]);
  // A whole round.
  await give.correct(one.id, "round");
  await becomes(async () => sum((await give.parts()).map(({ assets }) => assets)), ours - 1);
  const [{ assets }] = await give.parts();
  assert.ok(assets > 1, "a round of some");
  assert.deepEqual(await violations(page), []);
  await give.moveFirst(other.id);
  await becomes(() => sizes(give), [ours - 1 - assets, theirs + 1 + assets]);
  await app.toast.undo();
  await becomes(() => sizes(give), [ours - 1, theirs + 1]);
  // What is sent is what is shown.
  const loads = await give.loads();
  await give.send.click();
  const again = await Give.due(app);
  await again.kind(KIND);
  // None is listed while they are on their way.
  await becomes(async () => {
    const places = await again.places();
    return places.length > 0 && !places.some(({ name }) => name === street.name);
  }, true);
  await again.tick((await again.places())[0].name);
  for (const { id } of [one, other]) await again.to(id);
  await becomes(async () => (await again.loads()).map(({ before }) => before), loads.map(({ after }) => after));
  await app.go("work");
  await becomes(() => app.work.lines(KIND).count(), sum(loads.map(({ rounds }) => rounds)));
});

story("what was typed to give out is there again when one comes back", { device: "desk", serviceWorkers: "block" }, async ({ page }) => {
  const { app, give, street } = await shared(page);
  const [one, other] = catalog.crews;
  const [ours, theirs] = await sizes(give);
  await give.correct(one.id, "asset");
  await becomes(async () => (await give.parts()).length > 1, true);
  await give.moveFirst(other.id);
  await becomes(() => sizes(give), [ours - 1, theirs + 1]);
  await give.most.fill("11");
  await give.note.fill("先清路口");
  await page.reload();
  await becomes(() => sizes(give), [ours - 1, theirs + 1]);
  assert.equal(await give.note.inputValue(), "先清路口");
  assert.equal(await give.most.inputValue(), "11");
  await give.correct(other.id, "round");
  await give.putBack();
  await becomes(() => sizes(give), [ours, theirs]);
  await give.send.click();
  const again = await Give.due(app);
  await again.kind(KIND);
  await becomes(async () => (await again.places()).some(({ name }) => name === street.name), false);
  assert.equal((await again.loads()).length, 0, "what was given out is no draft any more");
});

story("so many rounds are made only by who was asked", { device: "desk", serviceWorkers: "block" }, async ({ page }) => {
  await withoutFrost(page);
  const app = await App.open(page);
  await app.map.loaded();
  await Desk.here(page);
  const give = await Give.due(app);
  await give.kind(KIND);
  await becomes(async () => (await give.places()).length > 10, true);
  await give.all();
  await becomes(async () => (await give.size()).assets, 4000);
  const size = await give.size();
  assert.ok(size.tasks >= 100, JSON.stringify(size));
  await give.make.click();
  assert.deepEqual(await give.asked(), size);
  assert.deepEqual(await violations(page), []);
  await give.notNow();
  await app.go("work");
  assert.equal(await app.work.lines(KIND).count(), 0);
});

/** Waits until the form counts what lies in a box. */
async function gives(page, corners) {
  const give = new Give(page);
  await give.kind(KIND);
  const there = inBox("storm-drains", corners);
  assert.ok(there > 0, JSON.stringify(corners));
  await becomes(async () => (await give.size()).assets, there);
}

story("all that is in view is given out, by the keyboard alone", { device: "desk" }, async ({ page }) => {
  const app = await App.at(page, DRAIN.at, 17);
  await app.map.loaded();
  await Desk.here(page);
  await app.go("map");
  await app.map.draw("area");
  const { drawing } = app;
  await drawing.allInView.focus();
  await page.keyboard.press("Enter");
  await drawing.hasCorners(4);
  assert.deepEqual(await violations(page), []);
  const corners = await drawing.corners();
  await drawing.giveOut();
  await gives(page, corners);
});

story("a box is dragged with the mouse, with the tool or with Shift", { device: "desk" }, async ({ page }) => {
  const app = await App.at(page, DRAIN.at, 17);
  await app.map.loaded();
  await Desk.here(page);
  await app.go("map");
  await app.map.draw("area");
  const { drawing } = app;
  const view = await app.map.view();
  const [x, y] = await app.map.pixel(DRAIN.at);
  const dragged = async (by) => {
    await page.mouse.move(x - by, y - by);
    await page.mouse.down();
    await page.mouse.move(x, y, { steps: 3 });
    await page.mouse.move(x + by, y + by, { steps: 3 });
    await page.mouse.up();
    await drawing.hasCorners(4);
    return drawing.corners();
  };
  await drawing.box();
  const first = await dragged(80);
  await page.keyboard.down("Shift");
  await dragged(150);
  await page.keyboard.up("Shift");
  await becomes(async () => inBox("storm-drains", await drawing.corners()) > inBox("storm-drains", first), true);
  assert.deepEqual(await app.map.view(), view, "the map stays where it is");
  const corners = await drawing.corners();
  await drawing.giveOut();
  await gives(page, corners);
});

story("on a phone two taps are a box", { device: "phone" }, async ({ page }) => {
  const app = await App.at(page, DRAIN.at, 17);
  await app.map.loaded();
  await Desk.here(page);
  await app.go("map");
  await app.map.draw("area");
  const { drawing } = app;
  await drawing.box();
  const [lon, lat] = DRAIN.at;
  await app.map.tap([lon - 0.0005, lat - 0.0002]);
  await drawing.hasCorners(1);
  await app.map.tap([lon + 0.0005, lat + 0.0002]);
  await drawing.hasCorners(4);
  const corners = await drawing.corners();
  await drawing.giveOut();
  await gives(page, corners);
});
