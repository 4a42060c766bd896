// The records of this device as a file.
import { word } from "./words.mjs";
import { Sheet } from "./sheet.mjs";

export class Records {
  constructor(app) {
    this.app = app;
    this.region = new Sheet(app.page).region;
  }

  /** Exports all records; the path of the file. */
  async exportAll() {
    await this.app.go("settings");
    const button = this.region.getByRole("button", { name: word("settings.export_all") });
    const [download] = await Promise.all([this.app.page.waitForEvent("download"), button.click()]);
    return download.path();
  }
}
