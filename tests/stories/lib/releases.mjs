// What stands before the server of the stories, and puts a newer version of the app in its place when
// it is told to: the app's page and its service worker; all else is the server's.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, request as ask } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { offlineList } from "../../../hooks/lib/offline.mjs";

export class Releases {
  #newer = new Map();

  /** Listens before the server at `address`; `releases.address` ends in a slash. */
  static async before(address) {
    const releases = new Releases();
    const { hostname, port } = new URL(address);
    releases.server = createServer((request, response) => {
      const newer = request.method === "GET" && releases.#newer.get(request.url.split(/[?#]/)[0]);
      // Of what is newer the server has another body, which it may think is known, and packs.
      const isOf = ([name]) => !newer || !/^if-|^accept-encoding$/.test(name);
      const headers = Object.fromEntries(Object.entries(request.headers).filter(isOf));
      const onward = ask({ hostname, port, path: request.url, method: request.method, headers }, (answer) => {
        if (!newer) return response.writeHead(answer.statusCode, answer.headers) && answer.pipe(response);
        answer.resume();
        const { etag: _, "last-modified": __, ...kept } = answer.headers;
        response.writeHead(200, { ...kept, "content-length": newer.length }).end(newer);
      });
      // Either end may go while the other still speaks: a stream is left so.
      onward.on("error", () => response.destroy());
      response.on("close", () => onward.destroy());
      request.pipe(onward);
    });
    await new Promise((listening) => releases.server.listen(0, "127.0.0.1", listening));
    releases.address = `http://127.0.0.1:${releases.server.address().port}/`;
    return releases;
  }

  /** From now on there is a newer version, which says this of itself. */
  release(version) {
    const root = mkdtempSync(join(tmpdir(), "mendmap-"));
    cpSync("dist", root, { recursive: true });
    const page = join(root, "index.html");
    writeFileSync(page, readFileSync(page, "utf8").replace("<title>", `<meta name="version" content="${version}" />$&`));
    const template = readFileSync("public/sw.js", "utf8");
    this.#newer.set("/", readFileSync(page));
    this.#newer.set("/sw.js", Buffer.from(template.replace("/* BUILD */ null", () => JSON.stringify(offlineList(root)))));
    rmSync(root, { recursive: true });
  }

  stop() {
    this.server.closeAllConnections();
    this.server.close();
  }
}
