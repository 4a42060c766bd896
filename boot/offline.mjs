// Registers the service worker and passes on what it says.
//
// For the app: `<html data-offline>` is one of
//   "insecure"  plain http: the browser offers no offline use (nor location) here
//   "none"      this browser, or this build, has no service worker
//   "starting"  files are being kept
//   "ready"     the shell and the city open without a network
//   "update"    a new version waits; dispatch `mendmap:update` on window to take it and reload
// The app dispatches `mendmap:whole` on window when all of it is there.
// A `mendmap:offline` event on window follows each change; `mendmap:city-changed` says that newer
// city data has arrived and will be shown at the next load.

const address = document.querySelector('meta[name="mendmap:service-worker"]')?.content;

function say(state) {
  document.documentElement.dataset.offline = state;
  window.dispatchEvent(new CustomEvent("mendmap:offline", { detail: state }));
}

/** Calls `found` when a newer worker than the one in charge has been installed. */
function watch(registration, found) {
  const check = () => {
    if (registration.waiting && navigator.serviceWorker.controller) found(registration.waiting);
  };
  registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", check));
  check();
}

/**
 * Lets the worker that waits take over, and reloads once it has.
 *
 * Chromium lets it in only at a moment when the old one has nothing to do, and a file asked for
 * in that very moment can keep it out for minutes, whatever either is told. A reload is such a
 * moment too: so the page is loaded anew until the new worker has it.
 */
function takeUpdate(waiting, tries) {
  navigator.serviceWorker.addEventListener(
    "controllerchange",
    () => {
      sessionStorage.removeItem(TRIES);
      location.reload();
    },
    { once: true },
  );
  waiting.postMessage({ type: "update" });
  if (tries === MOST_TRIES) return sessionStorage.removeItem(TRIES);
  setTimeout(() => {
    sessionStorage.setItem(TRIES, tries + 1);
    location.reload();
  }, PATIENCE_MS);
}

const TRIES = "mendmap:update-tries";
const MOST_TRIES = 5;
const PATIENCE_MS = 4000;

/** A first visit's line is the map's: to keep the app is as large as the app. So long at most it waits. */
const WAIT_MS = 20_000;
const whole = new Promise((there) => {
  window.addEventListener("mendmap:whole", there, { once: true });
  setTimeout(there, WAIT_MS);
});

/** How often an update was taken in this tab in vain. */
const triesBefore = () => Number(sessionStorage.getItem(TRIES));

async function start() {
  const { serviceWorker } = navigator;
  serviceWorker.addEventListener("message", ({ data }) => {
    if (data?.type === "city-kept" && document.documentElement.dataset.offline === "starting") say("ready");
    // Somebody pressed a notification.
    if (data?.type === "open") location.hash = data.hash;
    if (data?.type === "city-changed") window.dispatchEvent(new CustomEvent("mendmap:city-changed", { detail: data.url }));
  });
  say("starting");
  if (!serviceWorker.controller) await whole;
  const registration = await serviceWorker.register(address, { updateViaCache: "none" });
  watch(registration, (waiting) => {
    say("update");
    const again = triesBefore();
    if (again > 0) takeUpdate(waiting, again);
    else window.addEventListener("mendmap:update", () => takeUpdate(waiting, 0), { once: true });
  });
  // A reload in vain was not: it let the new worker in, though the page it gave was still the old.
  if (triesBefore() > 0 && !registration.waiting) {
    sessionStorage.removeItem(TRIES);
    location.reload();
    return;
  }
  (await serviceWorker.ready).active.postMessage({ type: "keep-city" });
}

/** A development build where an earlier release was served: its worker would hide every change. */
async function clear() {
  for (const registration of await navigator.serviceWorker.getRegistrations()) await registration.unregister();
}

if (!window.isSecureContext) say("insecure");
else if (!("serviceWorker" in navigator)) say("none");
else if (address) start().catch((error) => (console.warn("mendmap is not available offline:", error), say("none")));
else clear().finally(() => say("none"));
