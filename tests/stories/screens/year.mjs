// A supervisor's desk with the demonstration's year in it, screen by screen.
import { yearFile } from "../lib/year.mjs";
import { CompletionPage } from "../pages/completion.mjs";
import { Desk } from "../pages/desk.mjs";
import { Give } from "../pages/give.mjs";
import { Govern } from "../pages/govern.mjs";
import { Indicators } from "../pages/indicators.mjs";
import { Ledger } from "../pages/ledger.mjs";
import { LayersPage } from "../pages/layers.mjs";
import { Programmes } from "../pages/programme.mjs";
import { SettingsPage } from "../pages/settings.mjs";

const [FROM, TO] = ["2024-01-01", "2024-10-31"];

/** The ledger of the year. */
async function ledger(app) {
  await app.page.goto(app.page.url().replace(/#.*/, `#/ledger/${FROM}/${TO}`));
  const page = new Ledger(app.page);
  await page.shows();
  await page.count("verified");
  await page.line("drain-clear").waitFor();
  return page;
}

export const YEAR = {
  "year-work": async (app) => {
    await (await SettingsPage.open(app.page)).merge(yearFile());
    await Desk.here(app.page);
    await app.go("work");
    await app.work.filter("all");
  },
  "year-check": async (app) => {
    await new Desk(app.page).open();
  },
  "year-due": async (app) => {
    const give = await Give.due(app);
    await give.kind("drain-clear");
  },
  "year-ledger": async (app) => {
    await ledger(app);
  },
  "year-behind": async (app) => {
    const page = await ledger(app);
    await page.line("lamp-repair").click();
    await page.behind().first().waitFor();
    await page.behind().first().scrollIntoViewIfNeeded();
  },
  "year-task": async (app) => {
    await new Ledger(app.page).behind().first().click();
    await app.sheet.region.locator(".history").waitFor();
    await app.sheet.region.locator(".history").scrollIntoViewIfNeeded();
  },
  "year-month": async (app) => {
    const page = await ledger(app);
    await page.monthly();
    await page.region.locator("#monthly").scrollIntoViewIfNeeded();
  },
  "year-indicators": async (app) => {
    await Indicators.open(app.page, FROM, TO);
  },
  "year-completion": async (app) => {
    const page = await CompletionPage.open(app.page);
    await page.days(FROM, TO);
    await page.choose("drain-clear");
    await page.goTo(150);
  },
  "year-streets": async (app) => {
    const page = new CompletionPage(app.page);
    await page.by("street");
    await page.lines.first().waitFor();
    await page.lines.first().scrollIntoViewIfNeeded();
  },
  "year-programme": async (app) => {
    await Programmes.open(app.page);
  },
  "year-city": async (app) => {
    await Govern.open(app.page);
  },
  "year-layers": async (app) => {
    await LayersPage.open(app.page);
  },
};
