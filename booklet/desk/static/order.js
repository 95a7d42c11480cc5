// The order of the speeches: by dragging, or by keyboard.
import { at, element, send } from "./common.js";

/** @type {HTMLElement | null} */
let dragged = null;

/** @param {HTMLElement} row */
const isSpeech = (row) => (row.dataset.name ?? "").endsWith(".md");
/** @type {() => HTMLElement[]} */
const every = () => [...at("files").children];
const rows = () => every().filter(isSpeech);

/** Name the files by what they are called, and by whom; those of before stay where they are. @param {TextOf[]} texts */
export function showTexts(texts) {
  /** @type {Map<string, TextOf & { number: number }>} */
  const known = new Map();
  texts.forEach((text, number) => { if (!known.has(text.file) && text.file.endsWith(".md")) known.set(text.file, { ...text, number }); });
  const list = at("files");
  for (const [name, { title, speaker, number }] of known) {
    let row = every().find((one) => one.dataset.name === name);
    if (!row) {
      const parts = ["title", "by"].map((part) => element("span", { className: part }));
      const button = element("button", { type: "button" }, ...parts);
      button.dataset.file = name;
      row = element("li", {}, button);
      row.dataset.name = name;
      list.append(row);
      ready(row);
    }
    const button = /** @type {HTMLElement} */ (row.firstElementChild);
    const [named, by] = button.children;
    named.textContent = title;
    by.textContent = speaker;
    button.dataset.text = String(number);
  }
  const first = list.querySelector('[data-name="booklet.yaml"]');
  const held = document.activeElement;
  [...known.keys()].reduce((before, name) => {
    const row = every().find((one) => one.dataset.name === name) ?? before;
    if (before !== row && before.nextElementSibling !== row) before.after(row);
    return row;
  }, first);
  if (held instanceof HTMLElement && held !== document.activeElement) held.focus();
}

async function sendOrder() {
  const names = rows().map((row) => row.dataset.name);
  const answer = await send("PUT", "/order", { names });
  at("ordered").textContent = answer.ok ? "次序已写进 booklet.yaml" : "次序没有写成：先改好 booklet.yaml";
}

/** Move a speech by one place. @param {HTMLElement} row @param {1 | -1} by */
function move(row, by) {
  const other = /** @type {HTMLElement | null} */ (by < 0 ? row.previousElementSibling : row.nextElementSibling);
  if (!other || !isSpeech(other)) return;
  if (by < 0) other.before(row);
  else other.after(row);
  /** @type {HTMLElement} */ (row.firstElementChild).focus();
  at("ordered").textContent = `第 ${rows().indexOf(row) + 1} 篇`;
  sendOrder();
}

/** Make a row one that can be moved. @param {HTMLElement} row */
function ready(row) {
  if (!isSpeech(row)) return;
  row.draggable = true;
  row.addEventListener("dragstart", (event) => {
    dragged = row;
    if (event.dataTransfer) event.dataTransfer.effectAllowed = "move";
  });
  row.addEventListener("dragover", (event) => {
    if (!dragged || dragged === row) return;
    event.preventDefault();
    const { top, height } = row.getBoundingClientRect();
    if (event.clientY < top + height / 2) row.before(dragged);
    else row.after(dragged);
  });
  row.addEventListener("drop", (event) => event.preventDefault());
  row.addEventListener("dragend", () => {
    dragged = null;
    sendOrder();
  });
  row.addEventListener("keydown", (event) => {
    if (!event.altKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
    event.preventDefault();
    move(row, event.key === "ArrowUp" ? -1 : 1);
  });
}

every().forEach(ready);
