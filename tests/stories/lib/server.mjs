// A program that speaks with the server without a browser, for work that would take a person a year.
import { randomUUID } from "node:crypto";

const CITY = "220382";
/** What the server takes in at once. */
const BATCH = 1000;

/** A program of an account's, logged in: `Program.of(account)`, and at which server where it is not the one of the stories. */
export class Program {
  static async of({ account, password }, server = process.env.MENDMAP_URL) {
    const program = new Program();
    program.server = server;
    program.account = account;
    program.device = randomUUID();
    program.seq = 0;
    const body = JSON.stringify({ account, password, device: program.device });
    const answer = await program.ask("session", { method: "POST", headers: { "content-type": "application/json" }, body });
    program.cookie = answer.headers.getSetCookie().map((cookie) => cookie.split(";")[0]).join("; ");
    return program;
  }

  async ask(path, options = {}) {
    const headers = { ...options.headers, ...(this.cookie && { cookie: this.cookie }) };
    const answer = await fetch(`${this.server}/api/v1/${path}`, { ...options, headers });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer;
  }

  /** An event about something, on top of others, as this program's next. */
  event(subject, saw, kind, fields) {
    this.seq += 1;
    return {
      v: 1,
      id: uuid7(),
      city: CITY,
      subject,
      device: this.device,
      seq: this.seq,
      actor: this.account,
      at: "2024-05-03T09:12:44+08:00",
      offset_ms: 0,
      saw,
      kind,
      ...fields,
    };
  }

  /** Work of a kind on an asset, plotted and, where `done` says how much of what, closed. */
  work(kind, { uid, code, name, at: [lon, lat] }, assetKind, done) {
    const subject = { task: uuid7() };
    const at = [lon, lat].map((degrees) => Math.round(degrees * 1e7));
    const target = { asset: { uid, code, name, kind: assetKind, at } };
    const plotted = this.event(subject, [], "plotted", { work: kind, target });
    if (!done) return [plotted];
    const lines = [{ work: kind, ...done, measured: "counted" }];
    return [plotted, this.event(subject, [plotted.id], "reported", { lines, done_on: "2024-05-03" })];
  }

  /** Hands events over; all of them have to count. */
  async handOver(events) {
    for (let from = 0; from < events.length; from += BATCH) {
      const body = events.slice(from, from + BATCH).map((event) => JSON.stringify(event)).join("\n");
      const answer = await this.ask("events", { method: "POST", headers: { "content-type": "application/x-ndjson" }, body });
      const { receipts } = await answer.json();
      const other = receipts.find(({ verdict }) => verdict !== "accepted");
      if (other) throw new Error(`an event does not count: ${JSON.stringify(other)}`);
    }
  }
}

/** An id as devices make them: its time first (RFC 9562, version 7). */
function uuid7() {
  const time = Date.now().toString(16).padStart(12, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`;
}
