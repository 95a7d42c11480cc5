// How the files are divided into pieces, as a table to correct: heads typed, pieces parted, joined, moved.
import { at, element } from "./common.js";

/** @type {[key: string, name: string][]} */
const KINDS = [["speech", "篇"], ["note", "编者按"]];
/** @type {Held[]} */
let pieces = [];
/** @type {Sources} */
let sources = {};
let count = 0;

/** Return the pieces as they are now, as the server takes them. */
export const piecesOf = () => pieces.map(({ id: _, ...rest }) => rest);

/** Show how files are divided; ``given`` are their rows, [line, text], by name. @param {Piece[]} found @param {Sources} given */
export function showPieces(found, given) {
  pieces = found.map((one) => ({ ...one, id: (count += 1) }));
  sources = given;
  draw();
}

/** Draw the table again, with the focus on a control of a piece. */
function draw(id = 0, part = "title") {
  at("pieces").replaceChildren(...pieces.map(pieceOf));
  /** @type {HTMLElement | null} */
  const control = id ? document.querySelector(`#piece${id} [data-part="${part}"]`) : null;
  control?.focus();
}

/** Return a control of a piece with its name. @param {Held} piece @param {"kind" | "title" | "speaker" | "post"} part @param {string} name @param {HTMLInputElement | HTMLSelectElement} control */
function cell(piece, part, name, control) {
  control.dataset.part = part;
  control.addEventListener("input", () => { piece[part] = control.value; });
  return element("label", {}, name, control);
}

/** Return a piece as a row of the table. @param {Held} piece @param {number} place */
function pieceOf(piece, place) {
  const kind = element("select", {}, ...KINDS.map(([key, name]) => element("option", { value: key, textContent: name })));
  kind.value = piece.kind;
  /** @param {"title" | "speaker" | "post"} part @param {string} name */
  const text = (part, name) => cell(piece, part, name, element("input", { type: "text", value: piece[part] }));
  /** @param {string} words @param {string} told @param {boolean} off @param {() => void} act */
  const button = (words, told, off, act) => {
    const made = element("button", { type: "button", textContent: words, disabled: off });
    made.setAttribute("aria-label", `${told}：${piece.title}`);
    made.dataset.part = told;
    made.addEventListener("click", act);
    return made;
  };
  const above = pieces[place - 1];
  const buttons = element("span", { className: "buttons" },
    button("↑", "往前移", !above, () => move(place, -1)),
    button("↓", "往后移", place === pieces.length - 1, () => move(place, 1)),
    button("并入上一篇", "并入上一篇", !above || above.file !== piece.file, () => join(place)),
    button("不收", "不收这一篇", pieces.length === 1, () => leaveOut(place)));
  const cells = element("div", { className: "cells" },
    cell(piece, "kind", "种类", kind), text("title", "标题"), text("speaker", "发言人"), text("post", "职务"), buttons);
  const rows = (sources[piece.file] ?? []).filter(([line]) => line >= piece.first && line <= piece.last);
  const source = element("details", {}, element("summary", {
    textContent: `原文：${piece.file}，第 ${piece.first}—${piece.last} 行　${piece.opening}`,
  }));
  source.addEventListener("toggle", () => {
    if (source.open && !source.querySelector(".rows-of")) source.append(rowsOf(place, rows));
  });
  return element("li", { id: `piece${piece.id}` }, cells, source);
}

/** Return the rows of a piece, at each of which it can be parted. @param {number} place @param {Sources[string]} rows */
function rowsOf(place, rows) {
  const inner = rows.flatMap(([line, text], n) => {
    const part = element("button", { type: "button", textContent: "从这里分开", disabled: n === 0 });
    part.setAttribute("aria-label", `从第 ${line} 行分开：${text.slice(0, 16)}`);
    part.addEventListener("click", () => split(place, line, text));
    return [part, element("p", { textContent: `${line}　${text}` })];
  });
  return element("div", { className: "rows-of" }, ...inner);
}

/** Make two pieces of one: the second begins with a line, whose words are its title until another is typed. @param {number} place @param {number} line @param {string} text */
function split(place, line, text) {
  const piece = pieces[place];
  const second = { ...piece, id: (count += 1), first: line, title: text.trim().slice(0, 30), speaker: "", post: "", opening: text.slice(0, 16) };
  const before = (sources[piece.file] ?? []).map(([n]) => n).filter((n) => n < line);
  pieces.splice(place, 1, { ...piece, last: before.at(-1) ?? line - 1 }, second);
  draw(second.id);
}

/** Make one piece of two. @param {number} place */
function join(place) {
  const [above, piece] = [pieces[place - 1], pieces[place]];
  const joined = { ...above, first: Math.min(above.first, piece.first), last: Math.max(above.last, piece.last) };
  pieces.splice(place - 1, 2, joined);
  draw(joined.id);
}

/** Leave a piece out of the book. @param {number} place */
function leaveOut(place) {
  pieces.splice(place, 1);
  draw(pieces[Math.min(place, pieces.length - 1)].id);
}

/** Move a piece by one place. @param {number} place @param {1 | -1} by */
function move(place, by) {
  const [piece] = pieces.splice(place, 1);
  pieces.splice(place + by, 0, piece);
  draw(piece.id, by < 0 ? "往前移" : "往后移");
}
