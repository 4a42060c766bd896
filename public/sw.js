// Mendmap without a network. The build fills in what to keep; without that (a development build)
// this worker removes itself, so that no old page is ever shown in place of a new one.
//
// The shell (page, scripts, WASM) is kept whole, one cache a version, and changes only when the
// crew agrees to an update. The city's data is shown from the cache and looked after behind it.

/** `{version, shell: [[path, integrity]…], city: [path…]}`, paths relative to the scope. */
const BUILD = /* BUILD */ null;

const SHELL = `mendmap-shell-${BUILD?.version}`;
const CITY = "mendmap-city";
const HASHED = /[0-9a-f]{12,}/;
const at = (path) => new URL(path, self.registration.scope).href;

if (BUILD) {
  self.addEventListener("install", (event) => event.waitUntil(keepShell()));
  self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
  self.addEventListener("fetch", onFetch);
  self.addEventListener("message", onMessage);
  self.addEventListener("push", (event) => event.waitUntil(show(event.data)));
  self.addEventListener("notificationclick", onClick);
} else {
  self.addEventListener("install", () => self.skipWaiting());
  self.addEventListener("activate", (event) => event.waitUntil(leave()));
}

/** All or nothing: a file that is missing, or is not the one this version was built with, ends the install. */
async function keepShell() {
  const cache = await caches.open(SHELL);
  const requests = BUILD.shell.map(
    // A name with a hash in it may come from the HTTP cache; the others are asked for anew.
    ([path, integrity]) => new Request(at(path), { integrity, cache: HASHED.test(path) ? "default" : "no-cache" }),
  );
  await cache.addAll(requests);
}

/**
 * Drops what other versions kept; asked for by a page of this one that stands. Not sooner: a page that
 * the version before is still handing over would wait for its own rest, and for ever.
 */
async function dropOthers() {
  const others = (await caches.keys()).filter((name) => name.startsWith("mendmap-shell-") && name !== SHELL);
  if (self.registration.installing ?? self.registration.waiting) return; // its files are among them
  await Promise.all(others.map((name) => caches.delete(name)));
}

async function leave() {
  const names = (await caches.keys()).filter((name) => name.startsWith("mendmap-"));
  await Promise.all(names.map((name) => caches.delete(name)));
  await self.registration.unregister();
}

function onFetch(event) {
  const { request } = event;
  if (request.method !== "GET" || request.headers.has("range")) return;
  const url = new URL(request.url);
  if (!request.url.startsWith(self.registration.scope)) return;
  const path = url.pathname.slice(new URL(self.registration.scope).pathname.length);
  if (path.startsWith("city/")) event.respondWith(city(event));
  else if (request.mode === "navigate") event.respondWith(shell("", request));
  else if (HASHED.test(path) || BUILD.shell.some(([kept]) => kept === path)) event.respondWith(shell(path, request));
}

/** A file of this version; while pages are handed over, also one that only another version has. */
async function shell(path, request) {
  const cache = await caches.open(SHELL);
  const kept = (await cache.match(at(path))) ?? (await caches.match(at(path)));
  if (!kept) return fetch(request);
  // Chromium ends a worker whose successor takes over although the body of its answer is still on the
  // way, and the page then waits for ever. What is in memory arrives; and with the page and its first
  // scripts there, the page loads itself anew.
  return path === "" || path.endsWith(".mjs") ? new Response(await kept.arrayBuffer(), kept) : kept;
}

/** What is kept, at once; what has changed meanwhile is kept for the next time, and the page hears of it. */
async function city(event) {
  const cache = await caches.open(CITY);
  const kept = await cache.match(event.request);
  const fresh = renew(cache, event.request, kept);
  if (!kept) return fresh;
  event.waitUntil(fresh.catch(() => {})); // no network: what is kept stands
  return kept;
}

async function renew(cache, request, kept) {
  const response = await fetch(request, { cache: "no-cache" });
  if (response.status !== 200) return response;
  if (!kept) {
    await cache.put(request, response.clone());
    return response;
  }
  const mark = (r) => r.headers.get("etag") ?? r.headers.get("last-modified");
  if (mark(kept) !== null && mark(kept) === mark(response)) {
    // A body that nobody reads keeps its connection, and a browser has six for a host: with those
    // gone every other request waits, this worker is never idle, and no update can take its place.
    await response.body?.cancel();
  } else {
    await cache.put(request, response);
    await tell({ type: "city-changed", url: request.url });
  }
  return response;
}

/** On a first visit the city arrives before this worker does: fetch what was missed, mostly from the HTTP cache. */
async function keepCity() {
  const cache = await caches.open(CITY);
  for (const path of BUILD.city) {
    if (!(await cache.match(at(path)))) {
      const response = await fetch(at(path));
      if (response.status === 200) await cache.put(at(path), response);
    }
  }
  await tell({ type: "city-kept" });
}

async function tell(message) {
  for (const client of await self.clients.matchAll({ type: "window", includeUncontrolled: true })) client.postMessage(message);
}

/**
 * What is news, as the server wrote it: `{title, body, at, danger}`. It says all by itself: a phone that
 * is woken for it has no time to ask anybody. Something is shown in any case, or the browser does it.
 */
async function show(data) {
  let news = {};
  try {
    news = data.json();
  } catch {
    // of another version, or nothing
  }
  const { title = "Mendmap", body = "", at: screen = "#/work", danger = false } = news;
  await self.registration.showNotification(title, {
    body,
    icon: at("icons/icon-192.png"),
    // What is said anew of one task takes its place, and is heard again; what is said of several takes
    // no place: a danger may be among what was not read yet.
    ...(screen.startsWith("#/task/") && { tag: screen, renotify: true }),
    requireInteraction: danger,
    data: { screen },
  });
}

/** Opens the screen that it is about, in the app where that is open, without loading it anew. */
function onClick(event) {
  const { notification } = event;
  notification.close();
  const screen = String(notification.data?.screen);
  const open = async () => {
    const hash = screen.startsWith("#/") ? screen : "#/work";
    const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
    const page = pages.find(({ url }) => url.startsWith(self.registration.scope));
    if (!page) return self.clients.openWindow(at(hash));
    page.postMessage({ type: "open", hash });
    return page.focus();
  };
  event.waitUntil(open());
}

function onMessage(event) {
  if (event.data?.type === "update") event.waitUntil(self.skipWaiting());
  if (event.data?.type === "keep-city") event.waitUntil(keepCity().then(dropOthers).catch(() => {})); // asked again at the next visit
}
