// Registers the service worker and passes on what it says.
//
// For the app: `<html data-offline>` is one of
//   "insecure"  plain http: the browser offers no offline use (nor location) here
//   "none"      this browser, or this build, has no service worker
//   "starting"  files are being kept
//   "ready"     the shell and the city open without a network
//   "update"    a new version waits; dispatch `mendmap:update` on window to take it and reload
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

async function start() {
  const { serviceWorker } = navigator;
  serviceWorker.addEventListener("message", ({ data }) => {
    if (data?.type === "city-kept" && document.documentElement.dataset.offline === "starting") say("ready");
    if (data?.type === "city-changed") window.dispatchEvent(new CustomEvent("mendmap:city-changed", { detail: data.url }));
  });
  say("starting");
  const registration = await serviceWorker.register(address, { updateViaCache: "none" });
  watch(registration, (waiting) => {
    say("update");
    window.addEventListener(
      "mendmap:update",
      () => {
        serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
        const take = () => waiting.postMessage({ type: "update" });
        take();
        setInterval(take, 3000); // a worker that was ended before it could is told again; the reload ends this
      },
      { once: true },
    );
  });
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
