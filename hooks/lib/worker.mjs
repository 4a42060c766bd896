// The worker is the same program as the page: its script starts the page's own files. Named after
// them, so that an old page never meets a new worker.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { programName } from "./program.mjs";

/** Writes the worker's script; returns its name. */
export function writeWorker(staging) {
  const program = programName(staging);
  const name = `${program.replace("mendmap", "worker")}.js`;
  // Both addresses are resolved against the script's own.
  const start = `import init from"./${program}.js";init({module_or_path:new URL("./${program}_bg.wasm",import.meta.url)});`;
  writeFileSync(join(staging, name), start);
  return name;
}
