// The order of the speeches: by dragging, or by keyboard.
import { at, element, send } from "./common.js";

let dragged = null;

const isSpeech = (row) => row.dataset.name.endsWith(".md");
const rows = () => [...at("files").children].filter(isSpeech);

/** Name the files by what they are called, and by whom; those of before stay where they are. */
export function showTexts(texts) {
  const known = new Map();
  texts.forEach((text, at_) => { if (!known.has(text.file) && text.file.endsWith(".md")) known.set(text.file, { ...text, at: at_ }); });
  const list = at("files");
  const order = [...known.keys()];
  for (const name of order) {
    let row = [...list.children].find((one) => one.dataset.name === name);
    if (!row) {
      const parts = ["title", "by"].map((part) => element("span", { className: part }));
      const button = element("button", { type: "button" }, ...parts);
      button.dataset.file = name;
      row = element("li", {}, button);
      row.dataset.name = name;
      list.append(row);
      ready(row);
    }
    const { title, speaker, at: text } = known.get(name);
    row.querySelector(".title").textContent = title;
    row.querySelector(".by").textContent = speaker;
    row.firstElementChild.dataset.text = String(text);
  }
  const first = list.querySelector('[data-name="booklet.yaml"]');
  const held = document.activeElement;
  order.reduce((before, name) => {
    const row = [...list.children].find((one) => one.dataset.name === name);
    if (before.nextElementSibling !== row) before.after(row);
    return row;
  }, first);
  if (held && held !== document.activeElement) held.focus();
}

async function sendOrder() {
  const names = rows().map((row) => row.dataset.name);
  const answer = await send("PUT", "/order", { names });
  at("ordered").textContent = answer.ok ? "次序已写进 booklet.yaml" : "次序没有写成：先改好 booklet.yaml";
}

function move(row, by) {
  const other = by < 0 ? row.previousElementSibling : row.nextElementSibling;
  if (!other || !isSpeech(other)) return;
  if (by < 0) other.before(row);
  else other.after(row);
  row.firstElementChild.focus();
  at("ordered").textContent = `第 ${rows().indexOf(row) + 1} 篇`;
  sendOrder();
}

function ready(row) {
  if (!isSpeech(row)) return;
  row.draggable = true;
  row.addEventListener("dragstart", (event) => {
    dragged = row;
    event.dataTransfer.effectAllowed = "move";
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

for (const row of at("files").children) ready(row);
