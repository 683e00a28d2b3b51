import assert from "node:assert/strict";

/** Nothing of a page lies beside the window: no sideways scrolling of the page or of a panel, no control that is cut off. */
export async function assertFits(page, where) {
  const found = await page.evaluate(() => {
    const wide = document.documentElement.scrollWidth - globalThis.innerWidth;
    const seen = (element) => element.checkVisibility() && !element.closest(".offscreen, .skip, .compare, .draft-switch, dialog:not([open])");
    const cut = [...document.querySelectorAll("button, a, input, textarea, select, h1, h2, h3, p")].filter((element) => {
      const box = element.getBoundingClientRect();
      return seen(element) && box.width > 0 && (box.right > globalThis.innerWidth + 1 || box.left < -1);
    });
    const panels = [...document.querySelectorAll(".scroll-box, .desk")].filter((element) => seen(element) && element.scrollWidth > element.clientWidth + 1);
    return { wide, cut: [...cut, ...panels].map((element) => `${element.tagName}.${element.className}: ${element.textContent?.slice(0, 40)}`) };
  });
  assert.deepEqual(found, { wide: 0, cut: [] }, `what does not fit: ${where}`);
}
