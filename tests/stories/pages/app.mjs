// The app as a whole. A page object knows where things are, so that a story need not: stories say
// what someone does and sees, page objects find it by role and name, as a reader of the screen would.
import { address } from "../lib/device.mjs";
import { Along } from "./along.mjs";
import { AssetCard } from "./card.mjs";
import { Drawing } from "./drawing.mjs";
import { CityMap } from "./map.mjs";
import { Report } from "./report.mjs";
import { Choose, Round, RoundMenu, Stop } from "./round.mjs";
import { Checks, Safe } from "./safe.mjs";
import { Search } from "./search.mjs";
import { Sheet } from "./sheet.mjs";
import { PlotMenu, TaskCard } from "./task.mjs";
import { Toast } from "./toast.mjs";
import { within, word } from "./words.mjs";
import { WorkList } from "./work.mjs";

/** What the panel is called at each place; at the map it says what is in view. */
const TITLES = { work: "task.my_work", completion: "completion.title", layers: "layers.title", settings: "settings.title" };

export class App {
  constructor(page) {
    this.page = page;
    this.sheet = new Sheet(page);
    this.map = new CityMap(page);
    this.search = new Search(page);
    this.along = new Along(page);
    this.card = new AssetCard(page);
    this.drawing = new Drawing(page);
    this.plotMenu = new PlotMenu(page);
    this.task = new TaskCard(page);
    this.report = new Report(page);
    this.roundMenu = new RoundMenu(page);
    this.choose = new Choose(page);
    this.round = new Round(page);
    this.stop = new Stop(page);
    this.checks = new Checks(page);
    this.safe = new Safe(page);
    this.work = new WorkList(page);
    this.toast = new Toast(page);
  }

  /** Opens the app, at a place in it if one is given, and waits until it has taken over from the loading page. */
  static async open(page, place = "") {
    const app = new App(page);
    await page.goto(new URL(place, address).href);
    await app.started();
    return app;
  }

  /** Opens the app with the map on a place, close enough for a finger. */
  static async at(page, [longitude, latitude], zoom = 18) {
    return App.open(page, `#/?at=${zoom.toFixed(2)}/${latitude.toFixed(6)}/${longitude.toFixed(6)}`);
  }

  async started() {
    await this.page.locator("#loading").waitFor({ state: "detached" });
  }

  async reload() {
    await this.page.reload();
    await this.started();
  }

  title() {
    return this.page.title();
  }

  /** Goes to one of the five places: "map", "work", "completion", "layers", "settings"; waits until we are there. */
  async go(tab) {
    await this.tab(tab).click();
    await this.tab(tab).and(this.page.locator("[aria-current=page]")).waitFor();
    if (tab in TITLES) await this.sheet.shows(word(TITLES[tab]));
  }

  /** A link of the navigation. */
  tab(name) {
    return this.page.getByRole("navigation").getByRole("link", { name: within(`common.tab_${name}`) });
  }

  /** What says, at the upper edge, how much is kept here. */
  saved() {
    return this.page.getByRole("link", { name: within("common.saved_why") });
  }

  /** Waits until so many records are kept on this device. */
  async hasSaved(n) {
    await this.saved().filter({ hasText: word("common.saved_short", { n }) }).waitFor();
  }
}
