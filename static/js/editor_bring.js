// Another's text, brought into an editor that somebody may be standing in. Only what differs is touched, in one
// step that undo passes over, so that the cursor, the focus and what can be undone stay where they are.
//
// What the server takes out of a text is no difference: paragraphs and points without words, and space at the ends.
import { pm } from "django-prose-editor/editor";

const LIKE_ENOUGH = 0.3; // the share of words by which two blocks are taken for one that was changed
const MANY = 40_000; // pairs of blocks to compare, beyond which they are taken in order

const isList = (node) => node.type.name.endsWith("List");
const isEmpty = (node) => node.textContent.trim() === "";

/** Bring ``html``, as the server holds it, into the editor. */
export function bring(editor, html) {
  const { body } = new DOMParser().parseFromString(html, "text/html");
  const wanted = pm.model.DOMParser.fromSchema(editor.schema).parse(body);
  const edits = [];
  compare(units(placed(editor.state.doc, 0)), units(placed(wanted, 0)), 0, edits);
  if (!edits.length) return;
  const { tr } = editor.state;
  for (const { from, to, slice } of edits.sort((a, b) => b.from - a.from || b.to - a.to)) {
    if (slice) tr.replace(from, to, slice);
    else tr.deleteRange(from, to);
  }
  tr.setMeta("addToHistory", false).setMeta("brought", true);
  editor.view.dispatch(tr);
}

// --- A text as units: a paragraph, a list, a point -------------------------------------------------

function placed(parent, start) {
  const found = [];
  parent.forEach((node, offset) => found.push({ node, from: start + offset, to: start + offset + node.nodeSize }));
  return found;
}

/** The units that hold words; a list that an empty paragraph divides is one list, as it will be when saved. */
function units(children) {
  const found = [];
  for (const { node, from, to } of children.filter((child) => !isEmpty(child.node))) {
    const kind = node.type.name;
    const above = found.at(-1);
    if (!isList(node)) {
      found.push({ kind, node, from, to, key: keyOf(node) });
    } else if (above?.kind === kind) {
      above.points.push(...units(placed(node, from + 1)));
      above.to = to;
      above.key = listKey(kind, above.points);
    } else {
      const points = units(placed(node, from + 1));
      found.push({ kind, node, from, to, points, key: listKey(kind, points) });
    }
  }
  return found;
}

const listKey = (kind, points) => JSON.stringify([kind, points.map((point) => point.key)]);

function keyOf(node) {
  if (node.isTextblock) return JSON.stringify(runs(node));
  const [first, ...others] = placed(node, 0);
  return JSON.stringify([keyOf(first.node), units(others).map((unit) => unit.key)]);
}

/** The words of a block with their formatting, as they are saved: no space doubled or at an end. */
function runs(block) {
  const found = [];
  block.forEach((node) => {
    const format = node.marks.map((mark) => mark.type.name + (mark.attrs.href ?? "")).sort().join(" ");
    let text = node.isText ? node.text.replace(/\s+/g, " ") : "\n";
    const above = found.at(-1);
    if (node.isText && (!above || above[0].endsWith(" "))) text = text.trimStart();
    if (above?.[1] === format) above[0] += text;
    else if (text) found.push([text, format]);
  });
  const last = found.at(-1);
  if (last) last[0] = last[0].trimEnd();
  return found.filter(([text]) => text);
}

// --- What differs ------------------------------------------------------------------------------------

function compare(have, want, start, edits) {
  let place = start; // where the next new unit goes
  let given = null; // the unit that went out here, whose place a new one takes
  for (const [mine, theirs] of pairs(have, want)) {
    if (mine && theirs) {
      if (mine.key !== theirs.key) change(mine, theirs, edits);
      given = null;
      place = mine.to;
    } else if (mine) {
      const edit = { from: mine.from, to: mine.to, nodes: [] };
      edits.push(edit);
      given ??= edit;
    } else {
      if (!given) edits.push((given = { from: place, to: place, nodes: [] }));
      given.nodes.push(theirs.node);
    }
  }
  for (const edit of edits) {
    if (edit.nodes?.length) edit.slice = new pm.model.Slice(pm.model.Fragment.from(edit.nodes), 0, 0);
  }
}

function change(mine, theirs, edits) {
  if (mine.points) {
    compare(mine.points, theirs.points, mine.from + 1, edits);
  } else if (mine.node.isTextblock) {
    changeWords(mine, theirs.node, edits);
  } else {
    const [[words, ...others], [theirWords, ...theirOthers]] = [mine, theirs].map(({ node, from }) => placed(node, from + 1));
    if (keyOf(words.node) !== keyOf(theirWords.node)) changeWords(words, theirWords.node, edits);
    compare(units(others), units(theirOthers), words.to, edits);
  }
}

/** Replace what is between the first and the last difference in one block. */
function changeWords({ node, from }, wanted, edits) {
  const start = node.content.findDiffStart(wanted.content);
  if (start === null) return;
  let { a, b } = node.content.findDiffEnd(wanted.content);
  const overlap = start - Math.min(a, b);
  if (overlap > 0) [a, b] = [a + overlap, b + overlap];
  edits.push({ from: from + 1 + start, to: from + 1 + a, slice: wanted.slice(start, b) });
}

// --- What corresponds to what ------------------------------------------------------------------------

function pairs(have, want) {
  let top = 0;
  while (top < Math.min(have.length, want.length) && have[top].key === want[top].key) top += 1;
  let end = 0;
  const most = Math.min(have.length, want.length) - top;
  while (end < most && have.at(-1 - end).key === want.at(-1 - end).key) end += 1;
  const [mine, theirs] = [have, want].map((list) => list.slice(top, list.length - end));
  const same = (from, count) => Array.from({ length: count }, (_, n) => [have[from(have) + n], want[from(want) + n]]);
  return [...same(() => 0, top), ...between(mine, theirs), ...same((list) => list.length - end, end)];
}

/** The pairing, in order, with the most in common (dynamic programming, from the end). */
function between(have, want) {
  if (have.length * want.length > MANY) {
    return Array.from({ length: Math.max(have.length, want.length) }, (_, n) => {
      const isPair = have[n]?.kind === want[n]?.kind;
      return isPair ? [[have[n], want[n]]] : [[have[n], null], [null, want[n]]];
    }).flat().filter(([mine, theirs]) => mine || theirs);
  }
  const worth = have.map((mine) => want.map((theirs) => likeness(mine, theirs)));
  const best = Array.from({ length: have.length + 1 }, () => new Float64Array(want.length + 1));
  for (let i = have.length - 1; i >= 0; i -= 1) {
    for (let j = want.length - 1; j >= 0; j -= 1) {
      const paired = worth[i][j] ? worth[i][j] + best[i + 1][j + 1] : 0;
      best[i][j] = Math.max(best[i + 1][j], best[i][j + 1], paired);
    }
  }
  const found = [];
  let [i, j] = [0, 0];
  while (i < have.length || j < want.length) {
    const isPair = worth[i]?.[j] && best[i][j] === worth[i][j] + best[i + 1][j + 1];
    if (isPair) found.push([have[i++], want[j++]]);
    else if (j >= want.length || (i < have.length && best[i][j] === best[i + 1][j])) found.push([have[i++], null]);
    else found.push([null, want[j++]]);
  }
  return found;
}

function likeness(mine, theirs) {
  if (mine.kind !== theirs.kind) return 0;
  if (mine.key === theirs.key) return 2;
  const [ours, others] = [mine, theirs].map(({ node }) => new Set(node.textContent.toLowerCase().split(/[\s.,;:]+/)));
  const shared = [...ours].filter((word) => others.has(word)).length / Math.max(ours.size, others.size);
  if (mine.points) return Math.max(shared, 0.1);
  return shared > LIKE_ENOUGH ? shared : 0;
}
