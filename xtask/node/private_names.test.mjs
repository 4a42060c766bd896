import assert from "node:assert/strict";
import { test } from "node:test";
import { transform } from "esbuild";
import { checkShortened, shortened } from "../../hooks/lib/private_names.mjs";

const PRIVATE = /^_[a-z]/;

async function built(source, keep) {
  const { code, mangleCache } = await transform(source, shortened(PRIVATE, keep));
  checkShortened(code, mangleCache, keep);
  return code;
}

test("a private name is short wherever it is said", async () => {
  const code = await built(`class A { _far() { return this._near; } }; x["_kept"]`, ["_kept"]);
  assert.doesNotMatch(code, /_far|_near/);
});

test("a name that is also said as text is not shortened, or the build fails", async () => {
  const source = `a._near = 1; skip(["_near"]);`;
  await assert.rejects(built(source, ["_other"]), /said as text.*_near/);
  assert.match(await built(source, ["_near"]), /a\._near/);
});

test("a name that is not there any more is kept no longer", async () => {
  await assert.rejects(built(`a._near = 1;`, ["_far"]), /no longer there: _far/);
});
