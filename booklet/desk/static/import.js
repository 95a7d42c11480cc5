// Import: files dropped or chosen, how they are divided as a table, what was done with them in three lists.
import { ask, at, element, faultOf, send, ticked } from "./common.js";
import { piecesOf, showPieces } from "./pieces.js";

/** @type {[kind: ListName, name: string, help: string][]} */
const LISTS = [
  ["proposed", "建议修改", "选中的照改，没有选的不动；对照来稿看过再选。"],
  ["asked", "请您定", "程序不敢改的：对照来稿看一看，在“文字”里改；照原样的，在“成品”的校对单里签字。"],
  ["done", "已改", "确有把握的，已经改好。"],
];
/** @type {Record<"where" | "what" | "before" | "after" | "fix", string>} */
const HEADS = { where: "在哪里", what: "什么", before: "原文", after: "改后", fix: "怎么办" };
/** @type {string[]} */
const ALWAYS = ["where", "what"]; // the other columns stand only where something is in them
/** @type {Imported | null} */
let told = null;

/** @param {string} words */
const say = (words) => { at("importing").textContent = words; };

/** Return what stood there and what stands there now, the part that differs marked. @param {string} before @param {string} after @returns {(string | Node)[][]} */
function change(before, after) {
  let start = 0;
  while (start < Math.min(before.length, after.length) && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < Math.min(before.length, after.length) - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  /** @param {string} text @param {"del" | "ins"} name */
  const cut = (text, name) => {
    const middle = text.slice(start, text.length - end);
    return [text.slice(0, start), ...(middle ? [element(name, { textContent: middle })] : []), text.slice(text.length - end)];
  };
  return [cut(before, "del"), cut(after, "ins")];
}

/** @param {ListName} kind @param {(keyof typeof HEADS)[]} parts @param {Entry} one @param {number} number */
function rowOf(kind, parts, one, number) {
  const where = one.line ? `${one.place} 第 ${one.line} 行` : one.place;
  const [before, after] = one.after ? change(one.before, one.after) : [[one.before], [""]];
  const row = element("tr");
  if (kind === "proposed") {
    const box = element("input", { type: "checkbox", id: `p${number}` });
    box.dataset.key = one.key;
    box.setAttribute("aria-label", `${one.what}：${one.before} 改为 ${one.after}`);
    row.append(element("td", {}, box));
  }
  const cells = { where: [where], what: [one.what], before, after, fix: [one.fix] };
  for (const part of parts) row.append(element("td", {}, ...cells[part]));
  return row;
}

/** @param {Imported} imported @param {typeof LISTS[number]} list */
function listOf(imported, [kind, name, help]) {
  const entries = imported.lists[kind] ?? [];
  const names = /** @type {(keyof typeof HEADS)[]} */ (Object.keys(HEADS));
  const parts = names.filter((part) => ALWAYS.includes(part) || entries.some((one) => part !== "where" && one[part]));
  const heads = [...(kind === "proposed" ? ["照改"] : []), ...parts.map((part) => HEADS[part])];
  const head = element("tr", {}, ...heads.map((text) => element("th", { scope: "col", textContent: text })));
  const table = element("table", {}, element("thead", {}, head), element("tbody", {}, ...entries.map((one, n) => rowOf(kind, parts, one, n))));
  const box = element("details", { open: kind !== "done" && entries.length > 0 });
  box.append(element("summary", { textContent: `${name}（${entries.length}）` }), element("p", { className: "help", textContent: help }));
  if (entries.length) box.append(table);
  return box;
}

/** Show what an import did. @param {Imported} imported */
function showImport(imported) {
  const files = imported.files.map((name) => {
    const away = element("button", { type: "button", textContent: "移去" });
    away.setAttribute("aria-label", `移去 ${name}`);
    away.addEventListener("click", () => again({ forget: name }));
    return element("span", { className: "file" }, name, " ", away);
  });
  at("dropped").replaceChildren(...(files.length ? ["来稿：", ...files] : []));
  at("kept").textContent = imported.kept.join("；");
  const known = imported.pieces.length > 0;
  at("pieces-box").hidden = at("lists-box").hidden = !known;
  if (!known) return;
  showPieces(imported.pieces, imported.sources);
  at("imported").replaceChildren(...LISTS.map((list) => listOf(imported, list)));
  const proposed = (imported.lists.proposed ?? []).length;
  at("accept").hidden = at("accept-all").hidden = !proposed;
}

/** Show what an answer tells. @param {Response} answer */
async function answered(answer) {
  if (!answer.ok) return say(`没有导入：${await faultOf(answer)}`);
  /** @type {Imported} */
  const imported = await answer.json();
  told = imported;
  showImport(imported);
  say(`导入好了：${imported.pieces.length} 篇。看一看分篇和三张单子，再去看书页。`);
}

/** Import once more, with what was chosen. @param {Row} values */
async function again(values) {
  say("正在导入……");
  await answered(await send("POST", "/import/again", values));
}

/** Import files. @param {File[]} files */
async function drop(files) {
  if (!files.length) return;
  say("正在导入……");
  const form = new FormData();
  for (const file of files) form.append("files", file, file.name);
  await answered(await ask("/import", { method: "POST", body: form }));
}

/** Show what was imported last, where this page does not yet. */
export async function openImport() {
  if (told) return;
  const answer = await ask("/import");
  if (!answer.ok) return;
  /** @type {Imported} */
  const imported = await answer.json();
  told = imported;
  if (imported.files.length) showImport(imported);
}

const zone = at("drop");
zone.addEventListener("dragover", (/** @type {DragEvent} */ event) => {
  event.preventDefault();
  zone.classList.add("over");
});
zone.addEventListener("dragleave", () => zone.classList.remove("over"));
zone.addEventListener("drop", (/** @type {DragEvent} */ event) => {
  event.preventDefault();
  zone.classList.remove("over");
  drop([...(event.dataTransfer?.files ?? [])]);
});
at("choose").addEventListener("change", async () => {
  await drop([...at("choose").files]);
  at("choose").value = ""; // the same file can be chosen again
});
at("accept").addEventListener("click", () => again({ accept: ticked("#imported") }));
at("accept-all").addEventListener("click", () => again({ accept: true }));
at("divide").addEventListener("click", () => again({ pieces: piecesOf() }));
