import assert from "node:assert/strict";
import { test } from "node:test";
import { withoutPaths } from "../../hooks/lib/wasm_paths.mjs";

const cleaned = (text) => withoutPaths(Buffer.from(text, "latin1")).toString("latin1");

test("where libraries lay is left out, to the byte, and nothing else", () => {
  const path = `/somewhere/registry/src/a.host-0123/leptos-0.8.23/src/view/mod.rs`;
  const core = `/rustc/${"0123456789abcdef".repeat(3).slice(0, 40)}/library/core/src/str/mod.rs`;
  assert.equal(cleaned(`\xff\x00call${path}then${core}src/app.rs`), `\xff\x00call${"/".repeat(path.length)}then${"/".repeat(core.length)}src/app.rs`);
  const ours = "src/pages/report.rs https://city.example/registry/a.rs crates/core/src/lib.rs";
  assert.equal(cleaned(ours), ours);
});
