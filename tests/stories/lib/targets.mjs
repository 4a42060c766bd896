// How large what can be pressed is: a gloved thumb needs 48 pixels each way.

/** The least a target measures each way, in pixels (look.md). */
const LEAST = 48;

/**
 * What can be pressed now and is smaller, one text each. What counts is where a press arrives: a
 * field's label counts with it, and so does an edge that is pressed but not seen. Left out are links
 * within a sentence, as tall as their line; what is there for Enter and for screen readers alone; and
 * the line beside a desk's panel, which is drawn by a mouse or moved by keys.
 */
export function smallTargets(page) {
  return page.evaluate((least) => {
    const pressable = "a[href], button, input, select, textarea, summary, [role=button], [role=tab], [role=radio], [role=checkbox], [role=switch]";
    const isSeen = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && element.getClientRects().length > 0;
    const isText = (element) => element.matches("p a, dd a, li a, span a") && getComputedStyle(element).display === "inline";
    const box = (element) => {
      const all = [element, ...(element.labels ?? [])].map((one) => one.getBoundingClientRect());
      return [Math.max(...all.map((one) => one.width)), Math.max(...all.map((one) => one.height))];
    };
    const presses = (element) => {
      const { left, top, width, height } = element.getBoundingClientRect();
      return (dx, dy) => element.contains(document.elementFromPoint(left + width / 2 + dx, top + height / 2 + dy));
    };
    const isCovered = (element) => !presses(element)(0, 0);
    const reach = (element) => {
      const arrives = presses(element);
      const along = (dx, dy) => {
        let far = 0;
        while (far < 2 * least && arrives(dx * (far + 1), dy * (far + 1))) far += 1;
        return far;
      };
      return [along(-1, 0) + along(1, 0) + 1, along(0, -1) + along(0, 1) + 1];
    };
    const isSmall = (size) => Math.min(...size) < least - 0.5;
    return [...document.querySelectorAll(pressable)]
      .filter((element) => isSeen(element) && !isText(element) && !element.closest("[inert], [hidden], .visually-hidden"))
      .filter((element) => isSmall(box(element)) && !isCovered(element) && isSmall(reach(element)))
      .map((element) => `${element.tagName.toLowerCase()}.${element.className} "${element.ariaLabel ?? element.textContent.trim().slice(0, 30)}" is pressed at ${reach(element).join("×")}`);
  }, LEAST);
}
