// What the page itself notes of when things were seen, by its own clock: asking from outside would
// take longer than what is measured. All of it runs in the page and crosses as text.

/**
 * Runs before anything else does. `phone.titles` are the panel's titles and when each was painted,
 * in ms since the navigation began; `phone.answers` is when the worker last said something.
 */
export function watch() {
  const phone = { titles: [], answers: 0, lastAnswer: 0 };
  window.phone = phone;
  /** The next moment at which what has just changed is on the screen: behind the frame that draws it. */
  phone.painted = () =>
    new Promise((done) =>
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => done(performance.now());
        port2.postMessage(0);
      }),
    );
  window.Worker = class extends Worker {
    constructor(...given) {
      super(...given);
      this.addEventListener("message", () => {
        phone.answers += 1;
        phone.lastAnswer = performance.now();
      });
    }
  };
  const observer = new MutationObserver(() => {
    const text = document.querySelector("h2")?.textContent.trim();
    if (!text || text === phone.titles.at(-1)?.text) return;
    const title = { text, changed: performance.now(), at: null };
    phone.titles.push(title);
    phone.painted().then((at) => (title.at = at));
  });
  observer.observe(document, { childList: true, subtree: true, characterData: true });
}

/**
 * Gets ready for one press: `phone.pressed` becomes how many ms after the finger left the glass
 * `sees(given)`, which runs in the page, was true and painted, and how many times the worker had
 * answered by then.
 */
export async function expects(page, sees, given) {
  await page.evaluate(() => new Promise((atRest) => requestIdleCallback(atRest, { timeout: 1000 })));
  // As one text: the page's policy lets nothing be made a function of in the page itself.
  await page.evaluate(`(${look})(${sees}, ${JSON.stringify(given)})`);
}

function look(sees, given) {
  phone.pressed = new Promise((done, fail) => {
    let [lifted, answersBefore] = [null, 0];
    const end = setTimeout(() => fail(new Error(`a press was not answered; the title is ${document.querySelector("h2").textContent}`)), 20_000);
    addEventListener("pointerup", (event) => ([lifted, answersBefore] = [event.timeStamp, phone.answers]), { capture: true, once: true });
    const observer = new MutationObserver(async () => {
      if (lifted === null || !sees(given)) return;
      observer.disconnect();
      clearTimeout(end);
      const [changed, answers] = [performance.now(), phone.answers - answersBefore];
      const painted = await phone.painted();
      done({ ms: painted - lifted, changed: changed - lifted, answers });
    });
    observer.observe(document.body, { childList: true, subtree: true, characterData: true, attributes: true });
  });
  phone.pressed.catch(() => {}); // told by whoever waits for it
}

/** Waits until that was so; what was measured. */
export const pressed = (page) => page.evaluate(() => phone.pressed);
