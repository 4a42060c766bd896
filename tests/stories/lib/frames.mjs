// What kept the main thread busy: the browser's own record of long animation frames.

/** Runs in the page, before anything else does. */
export function watchFrames() {
  window.mendmapFrames = [];
  if (!PerformanceObserver.supportedEntryTypes.includes("long-animation-frame")) return;
  new PerformanceObserver((list) => {
    for (const frame of list.getEntries()) {
      const scripts = frame.scripts.map(({ duration, invoker, sourceURL, sourceFunctionName }) => ({ duration, invoker, source: sourceURL, name: sourceFunctionName }));
      window.mendmapFrames.push({ start: frame.startTime, duration: frame.duration, blocking: frame.blockingDuration, scripts });
    }
  }).observe({ type: "long-animation-frame", buffered: true });
}

/** Scripts that ran longer than `limit` ms in one go, those in files named after MapLibre left out. */
export async function longFrames(page, limit = 50) {
  const frames = await page.evaluate(() => window.mendmapFrames);
  const ours = ({ source, duration }) => duration > limit && !/maplibre[^/]*$|^blob:/.test(source);
  return frames.flatMap((frame) => frame.scripts.filter(ours).map((script) => ({ at: frame.start, ...script })));
}
