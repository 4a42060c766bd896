// The worker is the same program as the page: its script starts the page's own files. Named after
// them, so that an old page never meets a new worker.
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Writes the worker's script; returns its name. */
export function writeWorker(staging) {
  const script = readdirSync(staging).find((name) => /^mendmap-[0-9a-f]+\.js$/.test(name));
  if (!script) throw new Error(`trunk has built no mendmap-….js in ${staging}`);
  const name = script.replace("mendmap", "worker");
  // Both addresses are resolved against the script's own.
  const start = `import init from"./${script}";init({module_or_path:new URL("./${script.replace(/\.js$/, "_bg.wasm")}",import.meta.url)});`;
  writeFileSync(join(staging, name), start);
  return name;
}
