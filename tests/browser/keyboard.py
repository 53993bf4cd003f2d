"""Hands that have only a keyboard: they get nowhere but by Tab, and see where they are at every stop."""

from __future__ import annotations

from playwright.sync_api import Locator, Page

MOST = 150  # stops on the longest page, and some more
# What has the focus, is it marked, and does something lie over it (WCAG 2.4.7 and 2.4.11)? Of what
# is higher than a line or two, an edge may lie under a bar.
STOP = """async () => {
  for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);  // it scrolls into view
  const stop = document.activeElement;
  if (!stop || stop === document.body) return null;
  const box = stop.getClientRects()[0];  // the first line of a link that has two
  const marks = [stop, stop.closest(".editor")].filter(Boolean).map((part) => getComputedStyle(part));
  const isMarked = marks.some(({outlineStyle, boxShadow}) => outlineStyle !== "none" || boxShadow !== "none");
  const seen = [[.5, .5], [.2, .2], [.8, .2], [.2, .8], [.8, .8]].filter(([right, down]) => {
    const top = document.elementFromPoint(box.left + box.width * right, box.top + box.height * down);
    const isLabel = [...(stop.labels ?? [])].some((label) => label.contains(top));
    return top && (stop.contains(top) || top.contains(stop) || isLabel);
  });
  return {what: stop.outerHTML.slice(0, 160), isMarked, seen: seen.length, isHigh: box.height > 80};
}"""


class Keyboard:
    """Drives a page as somebody does who cannot use a mouse."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def reach(self, target: Locator) -> None:
        """Tab until ``target`` has the focus, looking where one is at each stop.

        Raises:
            AssertionError: it cannot be reached, or a stop cannot be seen.
        """
        for _ in range(MOST):
            if target.evaluate("target => target === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
            self.look()
        raise AssertionError(f"{target} cannot be reached from {self.page.url}")

    def press(self, target: Locator, key: str = "Enter") -> None:
        self.reach(target)
        self.page.keyboard.press(key)

    def write(self, target: Locator, text: str) -> None:
        self.reach(target)
        self.page.keyboard.type(text)

    def look(self) -> None:
        """The stop is marked, and nothing lies over it."""
        stop = self.page.evaluate(STOP)
        if stop is not None:  # past the last stop is the browser's own bar
            assert stop["isMarked"], f"the focus cannot be seen on {stop['what']}"
            assert stop["seen"] >= (1 if stop["isHigh"] else 5), f"{stop} is hidden on {self.page.url}"

    def menu(self, name: str) -> None:
        """Go to a page of the main menu, which stands behind a button where the window is narrow."""
        menu = self.page.locator(".site-menu > summary")
        if menu.is_visible():
            self.press(menu)
        self.press(self.page.get_by_role("link", name=name, exact=True).locator("visible=true").first)
