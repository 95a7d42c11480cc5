// The desk: listens to what the work says, and shows it. Plain modules, no build step.
import { at, send } from "./common.js";
import { showPages, zoomTo, goTo } from "./pages.js";
import { openFile, saveFile, undoSave, lineOf, hasEdits, pick } from "./text.js";
import { showTexts } from "./order.js";
import { listTaken, makeAll } from "./take.js";
import "./import.js";

const WORDS = { busy: "正在做", shown: "正在核对", ready: "已经最新", wrong: "有错误" };
let last = null;

/** Show one view, and say so to who hears the page. */
function show(view) {
  for (const name of ["pages", "text", "import", "take"]) at(name).hidden = name !== view;
  for (const button of document.querySelectorAll("[data-view]")) {
    button.setAttribute("aria-pressed", String(button.dataset.view === view));
  }
  if (view === "take") listTaken();
}

/** Put what is wrong into its list; a click leads to the line. */
function showFindings(findings, silenced) {
  at("count").textContent = findings.length ? String(findings.length) : "";
  const rows = findings.map((one) => {
    const row = document.createElement("li");
    row.className = one.severity;
    const button = document.createElement("button");
    button.type = "button";
    for (const [name, words] of [
      ["where", one.line ? `${one.file} 第 ${one.line} 行` : one.file],
      ["what", one.message],
      ["fix", one.fix ? `改法：${one.fix}` : ""],
    ]) {
      if (!words) continue;
      const part = document.createElement("div");
      part.className = name;
      part.textContent = words;
      button.append(part);
    }
    button.addEventListener("click", () => lead(one));
    row.append(button);
    return row;
  });
  if (!rows.length) {
    const row = document.createElement("li");
    row.textContent = silenced ? `没有问题；另有 ${silenced} 处按 allow 放过。` : "没有问题。";
    rows.push(row);
  }
  at("findings").replaceChildren(...rows);
}

async function lead(finding) {
  const known = [...document.querySelectorAll("[data-file]")].some((b) => b.dataset.file === finding.file);
  if (!known) return;
  show("text");
  await openFile(finding.file);
  if (finding.line) lineOf(finding.line);
}

function heard(state) {
  last = state;
  const stage = at("stage");
  stage.className = state.stage;
  stage.textContent = state.words ? `${state.words}……` : WORDS[state.stage];
  at("spreads").classList.toggle("working", state.stage === "busy");
  if (!state.leaves.length && state.stage === "wrong" && !at("pages").hidden && !document.querySelector('[data-file$=".md"]')) show("import");
  if (state.leaves.length) showPages(state);
  if (state.texts.length) showTexts(state.texts);
  if (state.stage !== "busy" || state.findings.length) showFindings(state.findings, state.silenced);
  if (state.edition && at("edition") !== document.activeElement) at("edition").value = state.edition;
}

function listen() {
  const source = new EventSource("/events");
  source.addEventListener("message", (event) => heard(JSON.parse(event.data)));
  source.addEventListener("error", () => {
    at("stage").className = "wrong";
    at("stage").textContent = "书桌没有回答：看看终端里的程序还开着没有";
  });
}

for (const button of document.querySelectorAll("[data-view]")) {
  button.addEventListener("click", () => show(button.dataset.view));
}
at("files").addEventListener("click", async (event) => {
  const button = event.target.closest("[data-file]");
  if (!button) return;
  const text = button.dataset.text;
  if (!at("pages").hidden && text) return goTo(text);
  show("text");
  await openFile(button.dataset.file);
});
at("pick-quote").addEventListener("click", () => pick("quote"));
at("pick-figure").addEventListener("click", () => pick("figure"));
at("edition").addEventListener("change", (event) =>
  send("POST", "/edition", { edition: event.target.value }));
at("zoom").addEventListener("input", (event) => zoomTo(Number(event.target.value), last));
at("save").addEventListener("click", () => saveFile());
at("undo").addEventListener("click", () => undoSave());
at("make").addEventListener("click", () => makeAll());
document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key === "s") {
    event.preventDefault();
    saveFile();
  }
});
window.addEventListener("beforeunload", (event) => {
  if (hasEdits()) event.preventDefault();
});
listen();
