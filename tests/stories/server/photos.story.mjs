// Photos on their way to the server. Run by `cargo xtask server-story`.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { address, story, violations } from "../harness.mjs";
import { asset } from "../lib/city.mjs";
import { camera } from "../lib/camera.mjs";
import { comesIn, stands } from "../pages/account.mjs";
import { App } from "../pages/app.mjs";
import { Errand } from "../pages/errand.mjs";
import { Photos } from "../pages/photos.mjs";

const WANG = { account: "wang", name: "王师傅", password: "a long walk in spring" };
const LI = { account: "li", name: "李师傅", password: "a long walk in autumn" };
const ZHAO = { account: "zhao", name: "赵督办", password: "a long look at the map" };

/** Before anybody has logged in; and a photo that has not come yet, asked for. */
const allow = /status of 40[14]|net::ERR_INTERNET_DISCONNECTED|net::ERR_FAILED/;

const PLACE = asset("storm-drains", "2203820104000070");

/** As people know them, not as they are written down. */
const TAKEN = { longitude: 123.5, latitude: 43.52, taken: "2024:05:03 09:12:44", offset: "+08:00" };

const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

/** What the server answers to whoever is logged in on a page. */
const get = (page, path) => page.request.get(new URL(`api/v1/${path}`, address).href);

story("a photo taken without signal is on the desk once there is signal", { device: "phone", allow }, async ({ page, device, another }) => {
  await comesIn(page, WANG);
  await device.readyOffline();
  await new Errand(page).find(PLACE.code);
  await new Errand(page).plot("drain-clear");
  await stands(page, "account.all_sent");

  await device.offline();
  const { task, report } = new App(page);
  await task.report();
  await report.shows();
  const form = new Photos(page, report.region);
  await form.add(await camera(page, TAKEN, "#a2a")); // another picture than other stories'
  await form.shows(1);
  await report.close("drain-clear").click();
  await task.shows("drain-clear", "reported");
  await stands(page, "account.photos_waiting", { n: 1 });
  await stands(page, "account.waiting", { n: 1 });

  const again = await device.killTab();
  await page.close(); // what is left of it
  const opened = await App.open(again);
  await stands(again, "account.photos_waiting", { n: 1 });
  await device.offline(false);
  await stands(again, "account.all_sent");

  const desk = await another({ device: "desk" });
  const theirs = await comesIn(desk.page, ZHAO);
  await new Errand(desk.page).find(PLACE.code);
  await theirs.card.work("drain-clear", "reported").click();
  await theirs.task.shows("drain-clear", "reported");
  const card = new Photos(desk.page, theirs.task.region);
  await card.shows(1);
  assert.deepEqual(await violations(desk.page), []);
  // It stands upright, and is no larger than it need be.
  assert.deepEqual(await card.large(1), [800, 1600]);

  // Other stories have said much before this one.
  const { head } = await (await get(desk.page, "events?limit=1")).json();
  const { events } = await (await get(desk.page, `events?after=${Math.max(0, head.place - 100)}`)).json();
  const photo = events.flatMap(({ event }) => event.photos ?? []).at(-1);
  const picture = await (await get(desk.page, `photos/${photo.sha256}`)).body();
  assert.equal(sha256(picture), photo.sha256);
  assert.ok(!picture.includes("Exif"), "nothing of what the camera wrote is in it");
  const part = await get(desk.page, `photos/${photo.sha256}/private`);
  const said = await part.body();
  assert.equal(sha256(said), photo.private);
  const { at, position } = JSON.parse(said);
  assert.deepEqual(at, { is: "2024-05-03T09:12:44+08:00", from: "file" });
  assert.deepEqual(position, { is: [1_235_000_000, 435_200_000], from: "file" });

  // Whose it is may read it, another crew not.
  assert.equal((await get(again, `photos/${photo.sha256}/private`)).status(), 200);
  const other = await another();
  await comesIn(other.page, LI);
  assert.equal((await get(other.page, `photos/${photo.sha256}/private`)).status(), 403);
  assert.ok(await opened.title());
});
