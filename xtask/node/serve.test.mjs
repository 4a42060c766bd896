import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { find, range, serve } from "./serve.mjs";

const root = mkdtempSync(join(tmpdir(), "serve-"));
writeFileSync(join(root, "index.html"), "the page");
writeFileSync(join(root, "app-0123456789abcdef.js"), "0123456789");
writeFileSync(join(root, ".hidden"), "not for reading");
mkdirSync(join(root, "city"));
writeFileSync(join(root, "city", "roads.geojson"), "{}");
const { address, server } = await serve(root, "127.0.0.1", 0);
after(() => {
  server.closeAllConnections();
  server.close();
  rmSync(root, { recursive: true });
});

test("nothing outside the directory, and nothing hidden, is served", () => {
  for (const path of ["/../x.txt", "/..%2fx.txt", "/city/../../x.txt", "/.hidden", "/%00.html", "/%"]) {
    assert.equal(find(root, path), null, path);
  }
});

test("a place in the app is the page, a missing file is missing", async () => {
  assert.equal(await (await fetch(`${address}/work/42?x=1`)).text(), "the page");
  assert.equal((await fetch(`${address}/city/none.geojson`)).status, 404);
});

test("what has a hash in its name is kept, everything else is asked for again", async () => {
  const hashed = await fetch(`${address}/app-0123456789abcdef.js`);
  assert.match(hashed.headers.get("cache-control"), /immutable/);
  assert.equal(hashed.headers.get("content-type"), "text/javascript; charset=utf-8");
  const page = await fetch(address);
  assert.equal(page.headers.get("cache-control"), "no-cache");
  const again = await fetch(address, { headers: { "If-None-Match": page.headers.get("etag") } });
  assert.equal(again.status, 304);
});

test("a part of a file is that part", async () => {
  const part = await fetch(`${address}/app-0123456789abcdef.js`, { headers: { Range: "bytes=2-4" } });
  assert.equal(part.status, 206);
  assert.equal(part.headers.get("content-range"), "bytes 2-4/10");
  assert.equal(await part.text(), "234");
  assert.deepEqual(range("bytes=-3", 10), [7, 9]);
  assert.equal(range("bytes=10-", 10), undefined);
  assert.equal(range(undefined, 10), null);
});

test("in the place of a server that is still to come it says that there is one, and to come again", async () => {
  const standsIn = await serve(root, "127.0.0.1", 0, true);
  try {
    const page = await fetch(standsIn.address);
    assert.match(page.headers.get("link"), /rel="service-desc"/);
    const sent = await fetch(`${standsIn.address}/api/v1/events`, { method: "POST", body: "{}" });
    assert.equal(sent.status, 503);
    assert.ok(Number(sent.headers.get("retry-after")) > 0);
    assert.equal((await fetch(address)).headers.get("link"), null, "a static host says nothing of the kind");
  } finally {
    standsIn.server.closeAllConnections();
    standsIn.server.close();
  }
});
