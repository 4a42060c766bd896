// A screen that nobody looks at. Without a graphics card a quarter of a story's time goes into
// pixels of the map; all else of it works without them: what is where is known by the worker's index.

/** Fails where a story looks at what it did not ask to have drawn. */
export async function mustBeSeen(page) {
  if (await page.evaluate(() => window.mendmapUnseen)) throw new Error("the map draws nothing here: give the story `seen: true`");
}

/** In the page: the map draws as ever, and nothing comes of it. */
export function drawsNothing() {
  window.mendmapUnseen = true;
  for (const name of ["clear", "drawArrays", "drawElements"]) WebGL2RenderingContext.prototype[name] = () => {};
}
