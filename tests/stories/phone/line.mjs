// A slow line between a browser and a host: slow 4G, as browsers' own tools have it.
//
// The browser's own emulation works for one target at a time, and a worker's or a service worker's
// requests slip past it easily. Here every byte passes through one program, whoever asks for it, and
// can be counted. What is not made slow: the beginning of a connection in TCP's own sense (slow
// start) and TLS, which costs a first visit two more round trips.
import { connect, createServer } from "node:net";

/** Bits a second towards the phone and from it, and the way there and back in ms. */
export const SLOW_4G = { down: 1_600_000, up: 750_000, roundTrip: 150 };
/** Bytes that pass at once; other connections get their turn in between. */
const PACKET = 1_460;

/** One direction: what waits goes packet by packet, each connection in its turn. */
class Direction {
  bytes = 0;
  #waiting = new Map();
  #onTheWay = new Map();
  #free = 0;
  #isAwake = false;

  constructor(line, bits) {
    this.line = line;
    this.perMs = bits / 8_000;
  }

  /** Hands `data` over to `to` when its turn has come; null is the end. */
  send(to, data, later = 0) {
    const queue = this.#waiting.get(to) ?? [];
    this.#waiting.set(to, queue);
    for (let at = 0; data && at < data.length; at += PACKET) queue.push({ piece: data.subarray(at, at + PACKET), later });
    if (data === null) queue.push({ piece: null, later });
    if (!this.#isAwake) this.#wake();
  }

  drop(to) {
    this.#waiting.delete(to);
  }

  #wake() {
    this.#isAwake = true;
    const now = performance.now();
    this.#free = Math.max(this.#free, now - 2); // a timer that came late is made up for
    while (this.#waiting.size > 0 && this.#free <= now) this.#next();
    if (this.#waiting.size === 0) this.#isAwake = false;
    else setTimeout(() => this.#wake(), Math.max(1, this.#free - now));
  }

  #next() {
    const [to, queue] = this.#waiting.entries().next().value;
    this.#waiting.delete(to);
    const { piece, later } = queue.shift();
    if (queue.length > 0) this.#waiting.set(to, queue); // behind the others
    if (this.line.isSlow) this.#free += (piece?.length ?? 0) / this.perMs;
    const due = this.line.isSlow ? this.#free + this.line.roundTrip / 2 + later : 0;
    const way = this.#onTheWay.get(to) ?? [];
    this.#onTheWay.set(to, way);
    way.push({ piece, due });
    if (way.length === 1) this.#arrive(to, way);
  }

  /** What is on its way arrives in the order in which it went; timers alone would not see to that. */
  #arrive(to, way) {
    while (way.length > 0 && way[0].due <= performance.now()) {
      const { piece } = way.shift();
      if (to.destroyed) continue;
      this.bytes += piece?.length ?? 0;
      if (piece) to.write(piece);
      else to.end();
    }
    if (way.length > 0) setTimeout(() => this.#arrive(to, way), Math.max(1, way[0].due - performance.now()));
    else this.#onTheWay.delete(to);
  }
}

/** A line to a port of this machine; it is slow from `isSlow = true` on, and carries nothing while `isCut`. */
export class Line {
  isSlow = false;
  #isCut = false;
  #ends = new Set();

  /** Listens; `line.address` ends in a slash. */
  static async to(port, { down, up, roundTrip } = SLOW_4G) {
    const line = new Line();
    line.roundTrip = roundTrip;
    line.down = new Direction(line, down);
    line.up = new Direction(line, up);
    line.server = createServer({ allowHalfOpen: true }, (phone) => line.#carry(phone, connect(port, "127.0.0.1")));
    await new Promise((listening) => line.server.listen(0, "127.0.0.1", listening));
    line.address = `http://127.0.0.1:${line.server.address().port}/`;
    return line;
  }

  #carry(phone, host) {
    for (const end of [phone, host]) {
      end.setNoDelay(true).on("error", () => {});
      this.#ends.add(end);
      end.on("close", () => this.#ends.delete(end));
      if (this.#isCut) end.destroy();
    }
    // Before the first byte goes up a connection is made, which takes a way there and back.
    const open = performance.now() + (this.isSlow ? this.roundTrip : 0);
    phone.on("data", (data) => this.up.send(host, data, Math.max(0, open - performance.now())));
    host.on("data", (data) => this.down.send(phone, data));
    phone.on("end", () => this.up.send(host, null));
    host.on("end", () => this.down.send(phone, null));
    phone.on("close", () => (this.down.drop(phone), host.destroy()));
    host.on("close", () => this.up.drop(host));
  }

  /** Breaks what is open, and whatever comes; or lets it pass again. */
  set isCut(is) {
    this.#isCut = is;
    if (is) for (const end of this.#ends) end.destroy();
  }

  /** Bytes both ways so far. */
  get bytes() {
    return this.down.bytes + this.up.bytes;
  }

  close() {
    this.server.close();
  }
}
