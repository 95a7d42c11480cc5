// Pages as they lie in the book: facing ones beside one another, sharp at any size, only changed ones fetched.
const LEAF_REM = 30; // width of a page at 100 %
let zoom = 60;

/** Return the leaves two by two, as a reader sees them: the first one alone, on the right. */
function spreadsOf(leaves, bound) {
  if (!bound) return leaves.map((leaf) => [leaf]);
  const found = [leaves.slice(0, 1)];
  for (let n = 1; n < leaves.length; n += 2) found.push(leaves.slice(n, n + 2));
  return found;
}

function pixels() {
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
  const wide = (LEAF_REM * rem * zoom) / 100 * window.devicePixelRatio;
  return Math.min(Math.ceil(wide / 200) * 200, 3200); // in steps, so that a picture serves several sizes
}

function source(edition, leaf) {
  return `/leaf/${edition}/${leaf.key}.png?w=${pixels()}`;
}

/** Show the pages of a state; a picture that is the same stays. */
export function showPages(state) {
  const box = document.getElementById("spreads");
  const spreads = spreadsOf(state.leaves, state.bound);
  while (box.children.length > spreads.length) box.lastElementChild.remove();
  spreads.forEach((leaves, n) => {
    let row = box.children[n];
    if (!row) {
      row = document.createElement("div");
      row.className = "spread";
      box.append(row);
    }
    while (row.children.length > leaves.length) row.lastElementChild.remove();
    leaves.forEach((leaf, k) => {
      let one = row.children[k];
      if (!one) {
        one = document.createElement("div");
        one.className = "leaf";
        const image = document.createElement("img");
        image.loading = "lazy";
        one.append(image);
        row.append(one);
      }
      const image = one.firstElementChild;
      const wanted = source(state.edition, leaf);
      if (image.getAttribute("src") !== wanted) image.setAttribute("src", wanted);
      image.alt = `第 ${leaf.folio} 页`;
      one.dataset.text = leaf.text ?? "";
      one.style.width = `${(LEAF_REM * zoom) / 100}rem`;
      one.style.height = `${(LEAF_REM * zoom) / 100 / state.shape}rem`;
    });
  });
}

/** Show pages larger or smaller. */
export function zoomTo(percent, state) {
  zoom = percent;
  if (state) showPages(state);
}

/** Bring the first page of one of the book's texts into sight. */
export function goTo(text) {
  const leaf = document.querySelector(`.leaf[data-text="${text}"]`);
  if (leaf) leaf.scrollIntoView({ block: "start" });
}
