// What is read or written stays where it is on the screen while the page changes above it. (writing.css turns off
// what some browsers do about this themselves, and some do not.)

function caret() {
  const selection = document.getSelection();
  if (!document.activeElement?.isContentEditable || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  const [rect] = range.getClientRects();
  if (rect) return rect.top;
  const { startContainer: at } = range;
  return (at.nodeType === Node.TEXT_NODE ? at.parentElement : at).getBoundingClientRect().top;
}

const isInSight = (top) => top !== null && top >= 0 && top <= window.innerHeight;
const topOf = (id) => document.getElementById(id)?.getBoundingClientRect().top ?? null;

/** Do something to the page without moving what the reader looks at. */
export function steady(change) {
  let look = caret;
  if (!isInSight(look())) {
    const seen = [...document.querySelectorAll("#tekst > [id]")].find((part) => part.getBoundingClientRect().bottom > 0);
    look = () => (seen ? topOf(seen.id) : null);
  }
  const before = look();
  const result = change();
  const after = look();
  if (before !== null && after !== null && after !== before) window.scrollBy({ top: after - before, behavior: "instant" });
  return result;
}
