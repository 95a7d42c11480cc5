// The desk: listens to what the work says, and shows it. Plain modules, no build step.
import { at, element, send } from "./common.js";
import { goTo, goToFinding, oneByOne, onLine, showPages, zoomTo } from "./pages.js";
import { followFile, hasEdits, lineOf, openFile, pick, saveFile, showSide, undoSave } from "./text.js";
import { showTexts } from "./order.js";
import { openImport } from "./import.js";
import { listTaken } from "./take.js";

/** @type {Record<State["stage"], string>} */
const WORDS = { busy: "正在做", shown: "正在核对", ready: "已经最新", wrong: "有错误" };

/** Show one view, and say so to who hears the page. @param {string | null} view */
function show(view) {
  at("main").dataset.view = view;
  for (const name of ["text", "import", "take"]) at(name).hidden = name !== view;
  at("pages").hidden = view !== "pages" && view !== "text";
  for (const button of document.querySelectorAll("button[data-view]")) {
    button.setAttribute("aria-pressed", String(button.getAttribute("data-view") === view));
  }
  oneByOne(view === "text");
  if (view === "import") openImport();
  if (view === "take") listTaken();
}

/** Put what is wrong into its list; a click leads to its page and its line. @param {Finding[]} findings @param {number} silenced */
function showFindings(findings, silenced) {
  at("count").textContent = findings.length ? String(findings.length) : "";
  const rows = findings.map((one, number) => {
    const button = element("button", { type: "button" });
    for (const [name, words] of [
      ["where", one.line ? `${one.file} 第 ${one.line} 行` : one.file],
      ["what", one.message],
      ["fix", one.fix ? `改法：${one.fix}` : ""],
    ]) {
      if (words) button.append(element("span", { className: name, textContent: words }));
    }
    button.addEventListener("click", () => lead(one, number));
    return element("li", { className: one.severity }, button);
  });
  if (!rows.length) {
    const words = silenced ? `没有问题；另有 ${silenced} 处按 allow 放过。` : "没有问题。";
    rows.push(element("li", { className: "none", textContent: words }));
  }
  at("findings").replaceChildren(...rows);
}

/** Tell whether a file is one of the book. @param {string} name */
function isOurs(name) {
  return [...document.querySelectorAll("[data-file]")].some((one) => one.getAttribute("data-file") === name);
}

/** Open a file at a line. @param {string} file @param {number} line */
async function openAt(file, line) {
  if (!isOurs(file)) return;
  show("text");
  await openFile(file);
  if (line) lineOf(line);
}

/** Lead to a finding's line and its page. @param {Finding} finding @param {number} number */
async function lead(finding, number) {
  await openAt(finding.file, finding.line);
  goToFinding(number);
}

/** Show a state. @param {State} state */
function heard(state) {
  const stage = at("stage");
  stage.className = state.stage;
  stage.textContent = state.words ? `${state.words}……` : WORDS[state.stage];
  const bare = !document.querySelector('[data-file$=".md"]');
  if (!state.leaves.length && state.stage === "wrong" && bare && at("main").dataset.view === "pages") show("import");
  if (state.leaves.length) showPages(state);
  if (state.texts.length) showTexts(state.texts);
  if (state.stage !== "busy" || state.findings.length) showFindings(state.findings, state.silenced);
  if (state.edition && at("edition") !== document.activeElement) at("edition").value = state.edition;
  if (state.stage !== "busy") followFile();
}

function listen() {
  const source = new EventSource("/events");
  source.addEventListener("message", (event) => heard(JSON.parse(event.data)));
  source.addEventListener("error", () => {
    at("stage").className = "wrong";
    at("stage").textContent = "书桌没有回答：看看终端里的程序还开着没有";
  });
}

for (const button of document.querySelectorAll("button[data-view]")) {
  button.addEventListener("click", () => show(button.getAttribute("data-view")));
}
for (const button of document.querySelectorAll("button[data-side]")) {
  button.addEventListener("click", () => showSide(button.getAttribute("data-side") ?? undefined));
}
at("files").addEventListener("click", async (/** @type {any} */ event) => {
  const button = event.target.closest("[data-file]");
  if (!button) return;
  const { file, text } = button.dataset;
  const reading = at("main").dataset.view === "pages" && text;
  if (!reading) {
    show("text");
    await openFile(file);
  }
  if (text) goTo(text);
});
at("spreads").addEventListener("click", (/** @type {any} */ event) => {
  const mark = event.target.closest(".mark");
  if (mark) at("findings").children[Number(mark.dataset.finding)]?.firstElementChild.click();
});
onLine(openAt);
at("pick-quote").addEventListener("click", () => pick("quote"));
at("pick-figure").addEventListener("click", () => pick("figure"));
at("edition").addEventListener("change", () => send("POST", "/edition", { edition: at("edition").value }));
at("zoom").addEventListener("change", () => zoomTo(at("zoom").value));
at("save").addEventListener("click", () => saveFile());
at("undo").addEventListener("click", () => undoSave());
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
