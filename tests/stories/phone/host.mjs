// What a city puts before its server: a proxy, which compresses where the server itself does not.
//
// `xtask/node/serve.mjs` does not compress the app's own files. A first visit is measured as
// `cargo xtask size` weighs it, from a host that sends them compressed; files that come compressed,
// as from `mendmap-server`, pass as they are.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, request as ask } from "node:http";
import { brotliCompressSync, constants } from "node:zlib";

/** Names with a hash are compressed once for all, with all there is; other files as they are asked for. */
const QUALITY = { hashed: 11, other: 5 };
const HASHED = /[0-9a-f]{12,}/;
/** Nothing shorter is worth it. */
const LEAST = 500;
const TEXT = /^(?:text\/|application\/(?:wasm|json|geo\+json|javascript|manifest\+json)|image\/svg)/;
const KEPT = "target/phone";

/** A proxy before `upstream`; `{port, compressed, close}`: which paths it had to compress. */
export async function host(upstream) {
  const { hostname, port } = new URL(upstream);
  const compressed = new Set();
  const server = createServer((request, response) => {
    const { method, url: path, headers } = request;
    const onwards = ask({ hostname, port, method, path, headers }, (answer) => {
      const isPlain = method === "GET" && answer.statusCode === 200 && !answer.headers["content-encoding"];
      const isFile = !path.startsWith("/api/") && TEXT.test(answer.headers["content-type"] ?? "");
      if (isPlain && isFile && /\bbr\b/.test(headers["accept-encoding"] ?? "")) return compress(path, answer, response, compressed);
      response.writeHead(answer.statusCode, answer.headers);
      response.flushHeaders(); // the stream of news says nothing for long
      answer.pipe(response);
    });
    onwards.on("error", () => response.destroy());
    response.on("close", () => onwards.destroy());
    request.pipe(onwards);
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  return { port: server.address().port, compressed, close: () => (server.closeAllConnections(), server.close()) };
}

async function compress(path, answer, response, compressed) {
  const pieces = [];
  for await (const piece of answer) pieces.push(piece);
  const plain = Buffer.concat(pieces);
  const { "content-length": _, "accept-ranges": __, ...headers } = answer.headers;
  if (plain.length < LEAST) return response.writeHead(200, headers).end(plain);
  compressed.add(path);
  const bytes = brotli(plain, HASHED.test(path) ? QUALITY.hashed : QUALITY.other);
  response.writeHead(200, { ...headers, "content-encoding": "br", "content-length": bytes.length, vary: "accept-encoding" }).end(bytes);
}

/** Compressed, from an earlier time where these bytes were. */
function brotli(plain, quality) {
  const file = `${KEPT}/${createHash("sha256").update(plain).digest("hex").slice(0, 24)}-${quality}.br`;
  if (existsSync(file)) return readFileSync(file);
  const params = { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length };
  const bytes = brotliCompressSync(plain, { params });
  mkdirSync(KEPT, { recursive: true });
  writeFileSync(file, bytes);
  return bytes;
}
