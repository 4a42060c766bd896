// The five places, and the panel that shows the one we are at.
import { App } from "./app.mjs";
import { Sheet } from "./sheet.mjs";

/** The panel with what belongs to the place. */
export const panel = (page) => new Sheet(page).region;

/** Goes to a place by the navigation, and waits until we are there. */
export async function go(page, tab) {
  await new App(page).go(tab);
}
