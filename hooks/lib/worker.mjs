// The worker is the same program as the page: its script starts the page's own files, and knows where
// what makes workbooks lies. It is named by what is in it, and so by those, so that an old page never
// meets a new worker.
import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { programName } from "./program.mjs";

/** Writes the worker's script; returns its name. `workbook` is what the names of that program begin with. */
export function writeWorker(staging, workbook) {
  const program = programName(staging);
  // All addresses are resolved against the script's own. What came in vain is asked for by another name.
  const start = `import init from"./${program}.js";self.mendmapWorkbook=failed=>import("./${workbook}.js#"+failed);init({module_or_path:new URL("./${program}_bg.wasm",import.meta.url)});`;
  const name = `worker-${createHash("sha256").update(start).digest("hex").slice(0, 16)}.js`;
  writeFileSync(join(staging, name), start);
  return name;
}
