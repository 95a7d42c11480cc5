// The finished files: made, and handed out; what must be signed before.
import { ask, at, element, faultOf, send, ticked } from "./common.js";

/** @param {number} bytes */
function sizeOf(bytes) {
  return bytes > 1e6 ? `${(bytes / 1e6).toFixed(1)} MB` : `${Math.ceil(bytes / 1e3)} KB`;
}

/** Return in words how the making went. @param {Taken} told */
function outcome({ busy, words, findings, files, fresh, final }) {
  if (busy) return "正在做……";
  const errors = findings.filter((one) => one.severity === "error");
  if (errors.length) return `没有排成，${errors.length} 处要先看：`;
  if (!files.length) return "还没有排。";
  const state = final ? `定稿 ${final}` : fresh ? "校样，与原稿一致" : "原稿后来改过，这些是旧的，要再排一次";
  return [words, `${state}。`].filter(Boolean).join("。");
}

/** @param {Stage} stage */
function stageOf({ edition, step }) {
  return element("li", {}, element("span", { className: "name", textContent: edition || "全书" }), step);
}

/** @param {Finding} one */
function errorOf(one) {
  const where = one.line ? `${one.file} 第 ${one.line} 行` : one.file;
  return element("li", {}, `${where ? `${where}：` : ""}${one.message}${one.fix ? `。改法：${one.fix}` : ""}`);
}

/** @param {Made} file */
function rowOf(file) {
  const link = element("a", { href: `/take/${encodeURIComponent(file.name)}`, download: file.name, textContent: file.name });
  /** @type {[what: string | Node, className?: string][]} */
  const cells = [[link], [file.title], [file.remark], [sizeOf(file.size), "size"], [file.use]];
  return element("tr", {}, ...cells.map(([what, className = ""]) => element("td", { className }, what)));
}

let waiting = 0;

/** List what was made, or say how far it is. */
export async function listTaken() {
  clearTimeout(waiting);
  const answer = await ask("/take");
  if (!answer.ok) {
    at("making").textContent = await faultOf(answer);
    return;
  }
  /** @type {Taken} */
  const told = await answer.json();
  at("making").textContent = outcome(told);
  const errors = told.findings.filter((one) => one.severity === "error");
  at("stages").replaceChildren(...(told.busy ? told.stages.map(stageOf) : errors.map(errorOf)));
  at("made").hidden = !told.files.length;
  at("taken").replaceChildren(...told.files.map(rowOf));
  for (const id of ["make", "make-final", "make-share", "print-points"]) at(id).disabled = told.busy;
  if (told.busy) waiting = setTimeout(listTaken, 300);
  else await listPoints();
}

/** @param {"all" | "final" | "share" | "points"} what */
async function begin(what) {
  await send("POST", "/take", { what });
  await listTaken();
}

/** @param {Point} point */
function pointOf(point) {
  const words = element("span", {}, element("span", { className: "where", textContent: point.where }), point.what.split("　｜")[0]);
  if (point.signer) words.append(element("span", { className: "signer", textContent: `已看：${point.signer}` }));
  const box = element("input", { type: "checkbox" });
  box.dataset.key = point.key;
  return element("li", {}, element("label", {}, box, words));
}

async function listPoints() {
  const answer = await ask("/points");
  if (!answer.ok) {
    at("signed").textContent = await faultOf(answer);
    return;
  }
  /** @type {{ points: Point[] }} */
  const { points } = await answer.json();
  const none = element("li", { textContent: "没有要签字的。" });
  at("points").replaceChildren(...(points.length ? points.map(pointOf) : [none]));
}

async function sign() {
  const keys = ticked("#points");
  const name = at("signer").value;
  if (!keys.length || !name.trim()) {
    at("signed").textContent = keys.length ? "写上看过的人" : "先选中看过的";
    return;
  }
  const answer = await send("POST", "/points", { keys, name });
  at("signed").textContent = answer.ok ? `${keys.length} 条签好了` : await faultOf(answer);
  await listPoints();
}

at("make").addEventListener("click", () => begin("all"));
at("make-final").addEventListener("click", () => begin("final"));
at("make-share").addEventListener("click", () => begin("share"));
at("print-points").addEventListener("click", () => begin("points"));
at("sign").addEventListener("click", sign);
