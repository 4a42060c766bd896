// A crew's morning, screen by screen: each step is a name and what leads to it.
import { DRAIN, LAMP, MANHOLE, onStreet } from "../lib/city.mjs";
import { length } from "../lib/geodesic.mjs";
import { goes, pipes, walk } from "../lib/walk.mjs";
import { App } from "../pages/app.mjs";
import { CompletionPage } from "../pages/completion.mjs";
import { Errand } from "../pages/errand.mjs";
import { Track } from "../pages/track.mjs";

/** On a lane of some two dozen drains. */
const [ROUND, ...OTHERS] = onStreet("storm-drains", "北新巷");
const LAST = OTHERS.at(-1);
/** An alley whose pipes are one line. */
const PIPES = "郑家屯大街一巷";
const LINE = pipes(PIPES, "pipe-sewage");
/** Clear of the sheet and of the buttons also where letters are big. */
const CORNERS = [[123.4951, 43.5257], [123.4962, 43.5266], [123.4971, 43.5259]];

export const CREW = {
  map: async (app) => {
    await app.map.loaded();
  },
  search: async (app) => {
    await app.search.type(DRAIN.street);
    await app.search.result(DRAIN.street).nth(3).waitFor();
  },
  asset: async (app) => {
    await new Errand(app.page).find(DRAIN.code);
  },
  plot: async (app) => {
    await app.card.plot();
    await app.plotMenu.shows();
  },
  task: async (app) => {
    await app.plotMenu.choose("drain-clear");
    await app.task.shows("drain-clear", "open");
  },
  report: async (app) => {
    await app.task.report();
    await app.report.shows();
  },
  done: async (app) => {
    await app.report.close("drain-clear").click();
    await app.task.shows("drain-clear", "reported");
  },
  round: async (app) => {
    await new Errand(app.page).find(ROUND.code);
    await app.card.makeRound();
    await app.roundMenu.kind("drain-clear").click();
    await app.round.shows("drain-clear");
    await app.round.next.click();
    await app.round.says(1, onStreet("storm-drains", ROUND.street).length);
  },
  stop: async (app) => {
    await app.round.next.click();
    await app.round.says(2, onStreet("storm-drains", ROUND.street).length);
    await app.round.open(LAST.name);
    await app.stop.shows(LAST.name);
  },
  safety: async (app) => {
    const errand = new Errand(app.page);
    await errand.find(MANHOLE.code);
    await errand.plot("manhole-clear");
    await app.checks.open("chamber-entry");
    await app.safe.shows("chamber-entry");
    await app.safe.tick(4);
    await app.safe.measures("chamber-entry", { o2: "18", h2s: "0", co: "0", lel: "0" });
    await app.safe.save.click();
    await app.checks.alarm("chamber-entry").waitFor();
    await app.sheet.grow();
  },
  track: async (app) => {
    const errand = new Errand(app.page);
    await app.search.type(`${PIPES}污水管`);
    await app.search.result(PIPES).first().waitFor();
    await app.search.field.press("Enter");
    await errand.plot("pipe-patrol");
    await app.task.record();
    const track = new Track(app.page);
    await track.start();
    await goes(app.page, walk(LINE, { gaps: [[150, 210], [400, 560]] }));
    await track.pause();
    await track.covers(length(LINE) - 160, 0.05);
  },
  work: async (app) => {
    const errand = new Errand(app.page);
    await errand.find(LAMP.code);
    await errand.plot("lamp-repair");
    await errand.find(MANHOLE.code);
    await errand.plot("lid-replace");
    await app.task.start();
    await app.go("work");
    await app.work.filter("all");
    await app.work.lines("drain-clear").first().waitFor();
  },
  completion: async (app) => {
    const page = await CompletionPage.open(app.page);
    await page.choose("drain-clear");
  },
  layers: async (app) => {
    await app.go("layers");
  },
  settings: async (app) => {
    await app.go("settings");
  },
  draw: async (app) => {
    await App.at(app.page, [123.4963, 43.5256], 16);
    await app.map.loaded();
    await app.sheet.shrink(); // half open, it leaves no room for the button
    await app.map.draw("line");
    for (const [at, corner] of CORNERS.entries()) {
      await app.map.tap(corner);
      await app.drawing.hasCorners(at + 1);
    }
  },
};
