// The sheet over the map's lower edge, the side panel on a desk: whatever screen is in it.
import { word } from "./words.mjs";

export class Sheet {
  constructor(page) {
    this.page = page;
    this.region = page.getByRole("region", { name: word("common.panel_region") });
    this.heading = this.region.getByRole("heading", { level: 2 });
  }

  /** Waits for a screen with this title. */
  async shows(title) {
    await this.region.getByRole("heading", { level: 2, name: title }).waitFor();
  }

  /** The thing on which the sheet is made taller or smaller. */
  handle() {
    return this.region.getByRole("button", { name: word("common.sheet_grow") }).or(this.region.getByRole("button", { name: word("common.sheet_shrink") }));
  }

  /** Makes it taller, where it is not as tall as it gets. */
  async grow() {
    await this.heading.waitFor();
    const more = this.region.getByRole("button", { name: word("common.sheet_grow") });
    if (await more.isVisible()) await more.click();
  }

  /** Makes it as small as it gets: what floats over the map needs room. A desk's panel stays as it is. */
  async shrink() {
    await this.heading.waitFor();
    const handle = this.region.getByRole("slider").or(this.handle()).first();
    if (!(await handle.isVisible())) return;
    await handle.focus();
    await this.page.keyboard.press("End");
  }

  async close() {
    await this.region.getByRole("button", { name: word("common.close") }).click();
  }

  async back() {
    await this.region.getByRole("button", { name: word("common.back") }).click();
  }
}
