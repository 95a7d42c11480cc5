// Pages as they lie in the book: facing ones beside one another, sharp at any size, only changed ones fetched.
import { ask, at, element } from "./common.js";

const MM = 96 / 25.4; // CSS pixels
const GAP = 40; // pixels around a spread that fits
/** @type {Box} where a finding is marked that stands on a page, and nobody knows where */
const WHOLE = [0.03, 0.02, 0.94, 0.02];
const THUMB = 160; // pixels of a thumbnail's picture: two for each on the screen
let zoom = "whole";
let single = false; // one page above the other, as beside a text
/** @type {State | null} */
let last = null;
/** @type {number | null} the finding that was asked for last */
let found = null;

/** Return the leaves two by two, as a reader sees them: the first one alone. @param {State} state @returns {Numbered[][]} */
function spreadsOf(state) {
  const numbered = state.leaves.map((leaf, number) => ({ ...leaf, number }));
  if (single || !state.bound) return numbered.map((leaf) => [leaf]);
  const found = [numbered.slice(0, 1)];
  for (let n = 1; n < numbered.length; n += 2) found.push(numbered.slice(n, n + 2));
  return found;
}

/** Return the width of a page in CSS pixels. @param {State} state */
function widthOf(state) {
  const [wide, high] = state.trim;
  if (!single && !Number.isNaN(Number(zoom))) return (wide * MM * Number(zoom)) / 100;
  const box = at("spreads");
  const across = single || !state.bound ? 1 : 2;
  const fits = (box.clientWidth - GAP) / across;
  if (single || zoom === "wide") return Math.max(fits, 80);
  return Math.max(Math.min(fits, ((box.clientHeight - GAP) * wide) / high), 80);
}

/** Return the address of a page's picture. @param {State} state @param {Leaf} leaf @param {number} width */
function source(state, leaf, width) {
  const wide = Math.min(Math.round(width * window.devicePixelRatio), 3200); // a pixel of it for each of the screen
  return `/leaf/${state.edition}/${leaf.key}.png?w=${wide}`;
}

/** Return what a page is called. @param {Leaf} leaf */
function nameOf(leaf) {
  return /^[\dIVXLCivxlc]+$/.test(leaf.folio) ? `第 ${leaf.folio} 页` : leaf.folio || "没有页码的一页";
}

/**
 * Make a box hold as many children as there are values, each made once and filled anew.
 * @template Value @template {HTMLElement} Child
 * @param {HTMLElement} box @param {Value[]} values @param {() => Child} make @param {(child: Child, value: Value) => void} put
 */
function fill(box, values, make, put) {
  while (box.children.length > values.length) box.lastElementChild?.remove();
  values.forEach((value, n) => {
    if (!box.children[n]) box.append(make());
    put(/** @type {Child} */ (box.children[n]), value);
  });
}

/** Show a picture, unless it is shown. @param {HTMLImageElement} image @param {string} address */
function picture(image, address) {
  if (image.getAttribute("src") !== address) image.setAttribute("src", address);
}

/** Show the pages of a state; a picture that is the same stays. @param {State} state */
export function showPages(state) {
  last = state;
  const width = Math.floor(widthOf(state));
  const height = (width * state.trim[1]) / state.trim[0];
  const leafOf = () => element("div", { className: "leaf" }, element("img", { loading: "lazy" }));
  fill(at("spreads"), spreadsOf(state), () => element("div", { className: "spread" }), (row, leaves) => {
    fill(row, leaves, leafOf, (one, leaf) => {
      const image = /** @type {HTMLImageElement} */ (one.firstElementChild);
      picture(image, source(state, leaf, width));
      image.alt = nameOf(leaf);
      one.dataset.text = String(leaf.text ?? "");
      one.dataset.number = String(leaf.number);
      one.style.width = `${width}px`;
      one.style.height = `${height}px`;
    });
  });
  showMarks(state);
  showStrip(state);
}

/** Put a mark on the page where each finding stands. @param {State} state */
function showMarks(state) {
  for (const old of document.querySelectorAll(".mark")) old.remove();
  state.findings.forEach((finding, n) => {
    const { spot } = finding;
    const leaf = spot && document.querySelector(`.leaf[data-number="${spot.leaf}"]`);
    if (!leaf) return;
    const boxes = spot.boxes.length ? spot.boxes : [WHOLE];
    boxes.forEach(([left, top, width, height], k) => {
      const mark = element("div", { className: `mark ${finding.severity}`, title: finding.message });
      mark.setAttribute("aria-hidden", "true"); // the list beside says it
      mark.dataset.finding = String(n);
      mark.classList.toggle("found", n === found);
      if (!k) mark.append(element("b", { textContent: String(n + 1) }));
      mark.style.inset = `${top * 100}% auto auto ${left * 100}%`;
      mark.style.width = `${width * 100}%`;
      mark.style.height = `${height * 100}%`;
      leaf.append(mark);
    });
  });
}

/** Show each spread small, to be jumped to. @param {State} state */
function showStrip(state) {
  const strip = at("strip");
  const marked = new Set(state.findings.map((one) => one.spot?.leaf));
  const make = () => element("button", { type: "button" });
  fill(strip, single ? [] : spreadsOf(state), make, (button, leaves) => {
    fill(button, leaves, () => element("img", { loading: "lazy", alt: "" }), (image, leaf) => {
      image.style.aspectRatio = state.trim.join(" / "); // its place before it is there
      picture(image, `/leaf/${state.edition}/${leaf.key}.png?w=${THUMB}`);
    });
    button.dataset.number = String(leaves[0].number);
    button.classList.toggle("marked", leaves.some((leaf) => marked.has(leaf.number)));
    button.setAttribute("aria-label", leaves.map(nameOf).join("、"));
  });
}

/** Show pages in another size: whole spreads, as wide as there is room, or a percentage of what is printed. @param {string} size */
export function zoomTo(size) {
  zoom = size;
  again();
}

/** Show one page above the other, or spreads. @param {boolean} on */
export function oneByOne(on) {
  if (single === on) return;
  single = on;
  again();
}

function again() {
  if (!last) return;
  const numbers = numbersOf(inSight());
  const marked = document.querySelector(".mark.found")?.closest(".leaf")?.getAttribute("data-number");
  showPages(last);
  if (found !== null && numbers.includes(Number(marked ?? NaN))) goToFinding(found);
  else if (numbers.length) goToLeaf(numbers[0]);
}

/** Return the spread in the middle of what is seen, undefined for none. @returns {Element | undefined} */
function inSight() {
  const box = at("spreads").getBoundingClientRect();
  const middle = box.top + box.height / 2;
  return [...at("spreads").children].find((row) => row.getBoundingClientRect().bottom >= middle);
}

/** Return the numbers of a spread's leaves. @param {Element | undefined} row */
function numbersOf(row) {
  return row ? [...row.children].map((leaf) => Number(leaf.getAttribute("data-number"))) : [];
}

/** Bring a leaf into sight. @param {number | string} number */
export function goToLeaf(number) {
  document.querySelector(`.leaf[data-number="${number}"]`)?.parentElement?.scrollIntoView({ block: "center" });
}

/** Bring the first page of one of the book's texts into sight. @param {string} text */
export function goTo(text) {
  const leaf = document.querySelector(`.leaf[data-text="${text}"]`);
  if (leaf) goToLeaf(leaf.getAttribute("data-number") ?? "");
}

/** Bring a finding's place into sight. @param {number} number */
export function goToFinding(number) {
  found = number;
  const marks = document.querySelectorAll(".mark");
  for (const mark of marks) mark.classList.toggle("found", Number(mark.getAttribute("data-finding")) === number);
  document.querySelector(".mark.found")?.scrollIntoView({ block: "center" });
}

/** Say which spread, and which texts, are in sight. */
function follow() {
  const numbers = numbersOf(inSight());
  if (!numbers.length || !last) return;
  for (const button of at("strip").children) {
    const on = Number(button.dataset.number) === numbers[0];
    if (on && button.getAttribute("aria-current") !== "true") button.scrollIntoView({ block: "nearest", inline: "center" });
    button.setAttribute("aria-current", String(on));
  }
  const { leaves } = last;
  const texts = new Set(numbers.map((number) => String(leaves[number]?.text ?? "none")));
  for (const button of document.querySelectorAll("[data-file]")) {
    button.classList.toggle("seen", texts.has(button.getAttribute("data-text") ?? ""));
  }
}

let waiting = false;
at("spreads").addEventListener("scroll", () => {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => { waiting = false; follow(); });
});
at("strip").addEventListener("click", (/** @type {any} */ event) => {
  const button = event.target.closest("button");
  if (button) goToLeaf(button.dataset.number);
});
new ResizeObserver(() => { if (last && (single || Number.isNaN(Number(zoom)))) again(); }).observe(at("spreads"));

/** Call ``open`` with the file and line that stand where a page is clicked twice. @param {(file: string, line: number) => void} open */
export function onLine(open) {
  at("spreads").addEventListener("dblclick", async (/** @type {any} */ event) => {
    const leaf = event.target.closest(".leaf");
    if (!leaf) return;
    const box = leaf.getBoundingClientRect();
    const x = (event.clientX - box.left) / box.width;
    const y = (event.clientY - box.top) / box.height;
    const answer = await ask(`/line?leaf=${leaf.dataset.number}&x=${x}&y=${y}`);
    const { file, line } = answer.ok ? await answer.json() : {};
    if (file) open(file, line);
  });
}
