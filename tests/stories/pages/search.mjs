// Search, over the map's upper edge.
import { word } from "./words.mjs";

export class Search {
  constructor(page) {
    this.area = page.getByRole("search");
    this.field = this.area.getByRole("combobox", { name: word("map.search") });
    this.status = this.area.getByRole("status");
  }

  async type(text) {
    await this.field.fill(text);
  }

  /** All lines of what was found. */
  results() {
    return this.area.getByRole("listitem");
  }

  /** The button that shows more of it. */
  more() {
    return this.area.getByRole("button", { name: word("common.show_more") });
  }

  /** A line of what was found, by what stands in it. */
  result(text) {
    return this.area.getByRole("button").filter({ hasText: text });
  }
}
