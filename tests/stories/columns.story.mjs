// The city's layers at the second start.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serve } from "../../xtask/node/serve.mjs";
import { story } from "./harness.mjs";
import { keep, kept } from "./lib/shelf.mjs";
import { appears, becomes } from "./lib/wait.mjs";
import { App } from "./pages/app.mjs";
import { LayersPage } from "./pages/layers.mjs";

/** The layers whose files are large enough that their columns are kept; the first one to come is read before there is what reads columns. */
const LARGE = ["manholes", "pipes", "storm-drains"];
const NOTE = "columns-note:manholes";

const note = async (page, layer) => JSON.parse(await kept(page, "layers", `columns-note:${layer}`));

story("what was read of a layer is not read again at the next start, until its file is another", { device: "desk" }, async ({ page }) => {
  const root = mkdtempSync(join(tmpdir(), "mendmap-"));
  cpSync("dist", root, { recursive: true });
  const file = join(root, "city", "manholes.geojson");
  const city = JSON.parse(readFileSync(file, "utf8"));
  const all = city.features.length;
  const { address, server } = await serve(root, "127.0.0.1", 0);
  try {
    await page.goto(`${address}/`);
    await new App(page).started();
    let layers = await LayersPage.open(page);
    await becomes(() => layers.count("manholes"), all);
    for (const layer of LARGE) await appears(() => note(page, layer), `the columns of ${layer}`);

    // What is said of it at the next start tells where it came from.
    const read = await note(page, "manholes");
    await keep(page, "layers", NOTE, JSON.stringify({ ...read, report: { ...read.report, mended: 4321, problems: [{ severity: "mended", kind: "winding", count: 4321, first: [] }] } }));
    const again = async () => {
      await page.reload();
      layers = await LayersPage.open(page);
    };
    await again();
    await becomes(() => layers.count("manholes"), all);
    await layers.layer("manholes").getByText("4,321").first().waitFor();

    // Bytes that are no columns are told by their sum, and the file is read.
    await keep(page, "layers", "columns:manholes", [1, 2, 3]);
    await again();
    await becomes(() => layers.count("manholes"), all);
    await layers.layer("manholes").getByText("4,321").first().waitFor({ state: "detached" });
    await becomes(async () => (await note(page, "manholes")).report.mended, read.report.mended);

    const half = Math.floor(all / 2);
    writeFileSync(file, JSON.stringify({ ...city, features: city.features.slice(0, half) }));
    await becomes(async () => {
      await again();
      await layers.layer("manholes").locator("progress").waitFor({ state: "detached" });
      return layers.count("manholes");
    }, half);
    await becomes(async () => (await note(page, "manholes")).report.read, half);
  } finally {
    server.closeAllConnections();
    server.close();
    rmSync(root, { recursive: true });
  }
});
