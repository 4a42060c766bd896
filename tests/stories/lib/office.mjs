// An office that gives work to crews: its device's records, as a file that any other can merge.
import { randomUUID } from "node:crypto";

const CITY = "220382";
const HOUR = 3_600_000;

/** A UUID of version 7. */
function uuid7() {
  const time = Date.now().toString(16).padStart(12, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`;
}

/** So many hours from now; negative ones are over. */
export const inHours = (hours) => Date.now() + hours * HOUR;

/** The last minute of this day in the city. */
export const tonight = () => Date.parse(`${moment(Date.now()).slice(0, 10)}T23:59:59+08:00`);

/** A moment on a wall of the city. */
const moment = (ms) => new Date(ms + 8 * HOUR).toISOString().replace(/\.\d+Z$/, "+08:00");

export class Office {
  events = [];
  device = randomUUID();

  #say(task, saw, fields) {
    const id = uuid7();
    const at = moment(Date.now());
    this.events.push({ v: 1, id, city: CITY, subject: { task }, device: this.device, seq: this.events.length + 1, actor: "office", at, offset_ms: 0, saw, ...fields });
    return id;
  }

  /** Gives work on an asset (see city.mjs) to a crew, to be done until then, in milliseconds since 1970. */
  dispatch(work, kind, asset, { crew, due }) {
    const task = uuid7();
    const [lon, lat] = asset.at.map((degrees) => Math.round(degrees * 1e7));
    const { uid, code, name } = asset;
    const plotted = this.#say(task, [], { kind: "plotted", work, target: { asset: { uid, code, name, kind, at: [lon, lat] } } });
    this.#say(task, [plotted], { kind: "dispatched", crew, due: moment(due) });
  }

  /** The records, as a file chooser takes them. */
  file() {
    const text = this.events.map((event) => `${JSON.stringify(event)}\n`).join("");
    return { name: "office.ndjson", mimeType: "application/x-ndjson", buffer: Buffer.from(text) };
  }
}
