// Serves a directory as any static host would: for trying the app, and for the stories.
//
//   node xtask/node/serve.mjs <directory> [host] [port]
//
// Prints the address once it listens. Port 0 takes any that is free; without a port, 8080 or the
// next free one.
import { createReadStream, realpathSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize, sep } from "node:path";
import { pipeline } from "node:stream";
import { fileURLToPath } from "node:url";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".wasm": "application/wasm",
  ".json": "application/json",
  ".geojson": "application/geo+json",
  ".webmanifest": "application/manifest+json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".webp": "image/webp",
  ".txt": "text/plain; charset=utf-8",
};

/** Names that carry a hash of their content never change. */
const isHashed = (path) => /(^|[-_.])[0-9a-f]{12,}([-_.]|$)/.test(path.split("/").pop());

/** The file a URL's path means: itself, the page for the app's own places, or null. */
export function find(root, pathname) {
  let path;
  try {
    path = normalize(decodeURIComponent(pathname)).replace(/^[/\\]+/, "");
  } catch {
    return null;
  }
  const file = join(root, path);
  if (file !== root && !file.startsWith(root + sep)) return null;
  if (path.includes("\0") || path.split(sep).some((part) => part.startsWith("."))) return null;
  const found = statSync(file, { throwIfNoEntry: false });
  if (found?.isFile()) return file;
  // A missing file is missing; a name without a dot is a place in the app.
  return extname(path) === "" ? join(root, "index.html") : null;
}

/** `[first, last]` of a single byte range, null for none, undefined for one that cannot be met. */
export function range(header, size) {
  const [, from, to] = /^bytes=(\d*)-(\d*)$/.exec(header ?? "") ?? [];
  if (from === undefined || from + to === "") return null;
  const [first, last] = from === "" ? [Math.max(0, size - to), size - 1] : [+from, to === "" ? size - 1 : Math.min(+to, size - 1)];
  return first <= last && first < size ? [first, last] : undefined;
}

/** What `mendmap-server` says with every file: here is a server. */
const SERVICE = '</api/v1/openapi.json>; rel="service-desc"';

function answer(root, standsIn, request, response) {
  const end = (status, headers = {}) => response.writeHead(status, headers).end();
  if (standsIn && new URL(request.url, "http://localhost").pathname.startsWith("/api/")) return end(503, { "Retry-After": "5" });
  if (request.method !== "GET" && request.method !== "HEAD") return end(405, { Allow: "GET, HEAD" });
  const file = find(root, new URL(request.url, "http://localhost").pathname);
  const stat = file && statSync(file, { throwIfNoEntry: false });
  if (!stat) return end(404);
  const tag = `W/"${Math.round(stat.mtimeMs).toString(16)}-${stat.size.toString(16)}"`;
  const headers = {
    "Content-Type": TYPES[extname(file)] ?? "application/octet-stream",
    "Cache-Control": isHashed(file) ? "public, max-age=31536000, immutable" : "no-cache",
    "Content-Security-Policy": "frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Accept-Ranges": "bytes",
    ETag: tag,
    ...(standsIn && { Link: SERVICE }),
  };
  if (request.headers["if-none-match"] === tag) return end(304, headers);
  const part = range(request.headers.range, stat.size);
  if (part === undefined) return end(416, { "Content-Range": `bytes */${stat.size}` });
  const [first, last] = part ?? [0, stat.size - 1];
  if (part) headers["Content-Range"] = `bytes ${first}-${last}/${stat.size}`;
  response.writeHead(part ? 206 : 200, { ...headers, "Content-Length": last - first + 1 });
  if (request.method === "HEAD" || stat.size === 0) return response.end();
  pipeline(createReadStream(file, { start: first, end: last }), response, () => {}); // a reader that left is no error
}

/**
 * Listens; resolves to `{address, server}`. Without a port: 8080, or the first free one after it.
 * `standsIn`: a `mendmap-server` will take this place in a while. What the page keeps of now says
 * that there is one, and it is told to come again.
 */
export async function serve(directory, host = "127.0.0.1", port, standsIn = false) {
  const root = realpathSync(directory);
  const listen = (at) =>
    new Promise((resolve, reject) => {
      const server = createServer((request, response) => answer(root, standsIn, request, response));
      server.once("error", reject).listen(at, host, () => resolve(server));
    });
  const tries = port === undefined ? [...Array.from({ length: 10 }, (_, n) => 8080 + n), 0] : [port];
  for (const at of tries) {
    try {
      const server = await listen(at);
      const { address, family, port: taken } = server.address();
      return { server, address: `http://${family === "IPv6" ? `[${address}]` : address}:${taken}` };
    } catch (error) {
      if (error.code !== "EADDRINUSE" || at === tries.at(-1)) throw error;
    }
  }
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const [directory = "dist", host, port] = process.argv.slice(2);
  try {
    const { address } = await serve(directory, host || undefined, port === undefined ? undefined : Number(port), Boolean(process.env.SERVE_STANDS_IN));
    console.log(address);
    // Started by another program, it ends with that one.
    if (process.env.SERVE_UNTIL_INPUT_ENDS) process.stdin.on("end", () => process.exit(0)).resume();
  } catch (error) {
    console.error(`could not listen on ${host ?? "127.0.0.1"}:${port ?? 8080}: ${error.message}. Choose another with --host and --port.`);
    process.exit(1);
  }
}
