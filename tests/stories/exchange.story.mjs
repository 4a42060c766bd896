// Files as a network: two devices that never meet but hand each other their records.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { story, turns, violations } from "./harness.mjs";
import { becomes } from "./lib/wait.mjs";
import { App } from "./pages/app.mjs";
import { CompletionPage } from "./pages/completion.mjs";
import { Errand } from "./pages/errand.mjs";
import { go, panel } from "./pages/navigation.mjs";
import { SettingsPage } from "./pages/settings.mjs";
import { work as named } from "./pages/words.mjs";

const DRAINS = ["2203820104000001", "2203820104000002", "2203820104000003"];

async function plot(page, code) {
  const errand = new Errand(page);
  await errand.find(code);
  await errand.plot("drain-clear");
  return errand;
}

const hand = async (from, to) => (await SettingsPage.open(to)).merge(await (await SettingsPage.open(from)).export());

/** All work a device knows, as "my work" lists it once it lists `count` of them. */
async function work(page, count) {
  await go(page, "work");
  await panel(page).getByText("全部", { exact: true }).click();
  const lines = panel(page).getByRole("listitem");
  await becomes(() => lines.count(), count);
  return (await lines.locator(".name, .about").allTextContents()).sort();
}

async function counts(page) {
  const completion = await CompletionPage.open(page);
  await completion.choose("drain-clear");
  await becomes(async () => (await completion.counts()) !== null, true);
  return completion.counts();
}

/** Opens the card of the one piece of work on an asset. */
async function openWork(page, code) {
  await new Errand(page).find(code);
  await panel(page).getByRole("listitem").getByRole("button", { name: /^清掏雨漏/ }).first().click();
  await new App(page).sheet.shows(named("drain-clear"));
}

const conflict = (page) => panel(page).getByRole("status").filter({ hasText: /两边写的不一样/ });

async function twoDevices({ page, another }) {
  const other = await another();
  await App.open(page);
  await App.open(other.page);
  return [page, other.page];
}

story("two devices that worked apart without a network agree after exchanging files", async ({ page, device, another }) => {
  const other = await another({ device: "desk" });
  await App.open(page);
  await App.open(other.page);
  for (const at of [page, other.page]) {
    await new App(at).map.loaded();
  }
  for (const at of [device, other]) {
    await at.readyOffline();
    await at.offline();
  }
  await (await plot(page, DRAINS[0])).close("drain-clear");
  await plot(other.page, DRAINS[1]);
  await (await plot(other.page, DRAINS[2])).close("drain-clear");

  assert.match(await hand(page, other.page), /文件里 2 条：新增 2 条，已有 0 条/);
  assert.match(await hand(other.page, page), /文件里 5 条：新增 3 条，已有 2 条/);
  const all = await work(page, 3);
  await becomes(() => work(other.page, 3), all);
  assert.equal(all.length, 6, "a name and a line about each of three");
  const expected = { done: 2, open: 1, never: 3997, left: 3998 };
  await becomes(() => counts(page), expected);
  await becomes(() => counts(other.page), expected);
});

story("merging the same file twice changes nothing", async ({ page, another }) => {
  const [mine, theirs] = await twoDevices({ page, another });
  await (await plot(mine, DRAINS[0])).close("drain-clear");
  const settings = await SettingsPage.open(mine);
  const file = await settings.export();
  const receiving = await SettingsPage.open(theirs);
  assert.match(await receiving.merge(file), /新增 2 条，已有 0 条/);
  await new App(theirs).hasSaved(2); // whoever made them, they are kept here now
  const once = readFileSync(await receiving.export());
  await go(theirs, "work");
  assert.match(await (await SettingsPage.open(theirs)).merge(file), /新增 0 条，已有 2 条/);
  assert.deepEqual(readFileSync(await receiving.export()), once, "the log is the same, byte for byte");
});

story("different reports of one task are a conflict on both devices, until one of them decides", async ({ page, another }) => {
  const [mine, theirs] = await twoDevices({ page, another: () => another({ device: "desk" }) });
  await plot(mine, DRAINS[0]);
  await hand(mine, theirs);
  await openWork(mine, DRAINS[0]);
  await new Errand(mine).close("drain-clear", { quantity: 1 });
  await openWork(theirs, DRAINS[0]);
  await new Errand(theirs).close("drain-clear", { quantity: 2 });
  await hand(mine, theirs);
  await hand(theirs, mine);

  for (const device of [mine, theirs]) {
    await openWork(device, DRAINS[0]);
    await conflict(device).waitFor();
    const said = await conflict(device).innerText();
    assert.match(said, /清掏雨漏 1座/);
    assert.match(said, /清掏雨漏 2座/);
    for (const colorScheme of ["dark", "light"]) {
      await turns(device, colorScheme);
      assert.deepEqual(await violations(device), [], `the conflict in ${colorScheme}`);
    }
  }

  const two = conflict(mine).getByRole("listitem").filter({ hasText: "2座" });
  await two.getByRole("button", { name: "用这个" }).click();
  await conflict(mine).waitFor({ state: "detached" });
  await hand(mine, theirs);
  await openWork(theirs, DRAINS[0]);
  await panel(theirs).getByText("已完成", { exact: true }).first().waitFor();
  assert.equal(await conflict(theirs).count(), 0);
  for (const device of [mine, theirs]) {
    await openWork(device, DRAINS[0]);
    await panel(device).getByRole("definition").first().filter({ hasText: /2座/ }).waitFor();
  }
});

story("equal reports of one task are no conflict", async ({ page, another }) => {
  const [mine, theirs] = await twoDevices({ page, another });
  await plot(mine, DRAINS[0]);
  await hand(mine, theirs);
  for (const device of [mine, theirs]) {
    await openWork(device, DRAINS[0]);
    await new Errand(device).close("drain-clear");
  }
  await hand(mine, theirs);
  await hand(theirs, mine);
  for (const device of [mine, theirs]) {
    await openWork(device, DRAINS[0]);
    await panel(device).getByText("已完成", { exact: true }).first().waitFor();
    assert.equal(await conflict(device).count(), 0);
  }
});

story("a damaged record file is merged as far as it can be read, and says so", async ({ page, another }) => {
  const [mine, theirs] = await twoDevices({ page, another });
  await plot(mine, DRAINS[0]);
  await plot(mine, DRAINS[1]);
  const whole = readFileSync(await (await SettingsPage.open(mine)).export(), "utf8");
  const cut = whole.slice(0, whole.lastIndexOf('"kind"'));
  const said = await (await SettingsPage.open(theirs)).merge({ name: "cut.jsonl", mimeType: "application/x-ndjson", buffer: Buffer.from(cut) });
  assert.match(said, /新增 [12] 条/);
  assert.match(said, /没传完|读不懂|传坏/);
});

story("a file that holds no records is refused, and nothing of it is kept", { device: "desk" }, async ({ page }) => {
  const app = await App.open(page);
  for (const buffer of [readFileSync("public/city/toilets.geojson"), readFileSync("public/icons/icon-192.png"), Buffer.from("hello")]) {
    await app.go("map"); // what was said of the file before goes
    const settings = await SettingsPage.open(page);
    await settings.give({ name: "other.jsonl", mimeType: "application/octet-stream", buffer });
    await panel(page).getByText(/这不是记录文件/).waitFor();
    assert.equal(await settings.merged.count(), 0);
  }
  await app.hasSaved(0);
});
