// The page's content security policy. A <meta> cannot forbid framing: a server should also send
// `frame-ancestors 'none'`.
import { createHash } from "node:crypto";

/** Hashes of the scripts that stand in the page itself: trunk's loader. */
const inlineHashes = (html) =>
  [...html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g)].map(
    ([, body]) => `'sha256-${createHash("sha256").update(body).digest("base64")}'`,
  );

/**
 * The policy for this page.
 *
 * `reloads`: the page is edited while it is served (`trunk serve`), so its scripts cannot be hashed.
 */
export function policy(html, reloads) {
  const inline = reloads ? ["'unsafe-inline'"] : inlineHashes(html);
  return Object.entries({
    "default-src": ["'self'"],
    "script-src": ["'self'", "'wasm-unsafe-eval'", ...inline],
    "worker-src": ["'self'"],
    "style-src": ["'self'"],
    // A base map named in the catalogue may come from any host.
    "img-src": ["'self'", "data:", "blob:", "https:"],
    "connect-src": ["'self'", "https:", ...(reloads ? ["ws:"] : [])],
    "object-src": ["'none'"],
    "base-uri": ["'none'"],
    "form-action": ["'none'"],
  })
    .map(([name, values]) => [name, ...values].join(" "))
    .join("; ");
}
