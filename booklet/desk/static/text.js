// A file of the book: its form and its whole text, written whole; two texts are shown where it has changed meanwhile.
import { ask, at, faultOf, send } from "./common.js";
import { showForm } from "./form.js";

/** @type {BookFile | null} as it was read */
let open = null;
/** @type {Form | null} what reads the form, and tells whether it was touched */
let form = null;
let side = "form";

const editing = () => open !== null && at("editor").value !== open.text;

/** Tell whether something is typed that is not yet in a file. */
export function hasEdits() {
  return editing() || (form?.touched() ?? false);
}

/** @param {string} words */
function say(words) {
  at("saved").textContent = words;
}

/** Show the form, or the whole text. @param {string | undefined} name */
export function showSide(name = "form") {
  const known = name === "form" && form === null && open !== null ? "body" : name; // some files have no form
  side = name;
  at("form").hidden = known !== "form";
  at("body").hidden = known !== "body";
  for (const button of document.querySelectorAll("button[data-side]")) {
    button.setAttribute("aria-pressed", String(button.getAttribute("data-side") === known));
  }
}

/** Show a file. @param {BookFile} file */
async function put(file) {
  open = file;
  at("file-name").textContent = file.name;
  at("editor").value = file.text;
  at("conflict").hidden = true;
  for (const button of document.querySelectorAll("[data-file]")) {
    button.setAttribute("aria-current", String(button.getAttribute("data-file") === file.name));
  }
  const speech = file.name.endsWith(".md");
  for (const id of ["pick-quote", "pick-figure", "pick-label"]) at(id).disabled = !speech;
  form = await showForm(file.name);
  showSide(side);
}

/** Open a file; what is not saved of another one is asked about. @param {string} name */
export async function openFile(name) {
  if (open && open.name === name) return;
  if (hasEdits() && !window.confirm(`${open?.name} 还没有保存，放弃这些改动吗？`)) return;
  const answer = await ask(`/text?name=${encodeURIComponent(name)}`);
  if (answer.ok) await put(await answer.json());
  else say(await faultOf(answer));
}

/** Show a file again that was changed on disk, unless something is being typed in it. */
export async function followFile() {
  if (!open || hasEdits()) return;
  const { name, digest } = open;
  const answer = await ask(`/text?name=${encodeURIComponent(name)}`);
  if (!answer.ok) return;
  const there = await answer.json();
  if (open.name === name && open.digest === digest && there.digest !== digest && !hasEdits()) await put(there);
}

/** Show the file that an answer brings, or what is wrong. @param {Response} answer */
async function told(answer) {
  if (answer.status === 409) return inConflict((await answer.json()).there);
  if (!answer.ok) return say(await faultOf(answer));
  await put(await answer.json());
  say("已保存");
}

/** Show both texts of a file that was changed meanwhile; neither is lost. @param {BookFile} there */
function inConflict(there) {
  showSide("body");
  at("there").value = there.text;
  at("conflict").hidden = false;
  at("keep-mine").onclick = () => {
    if (open) open.digest = there.digest;
    saveFile();
  };
  at("take-theirs").onclick = () => put(there);
  say("这个文件在别处改过了");
}

/** Write what is typed, if on disk it is still the file that was read. */
export async function saveFile() {
  if (!open) return;
  const { name, digest } = open;
  if (form?.touched()) {
    if (editing()) return say("表单和全文都改了：先撤去其中一处，再保存");
    return told(await send("PUT", "/form", { name, digest, values: form.read() }));
  }
  await told(await send("PUT", "/text", { name, digest, text: at("editor").value }));
}

/** Make what is selected in the text a quote or a figure. @param {"quote" | "figure"} kind */
export async function pick(kind) {
  const editor = at("editor");
  const words = editor.value.slice(editor.selectionStart, editor.selectionEnd);
  const label = at("pick-label").value;
  if (!open || !words.trim()) return say("先在正文里选中");
  if (hasEdits()) return say("先保存，再选");
  if (kind === "figure" && !label.trim()) {
    at("pick-label").focus();
    return say("写上这个数字数的是什么");
  }
  await told(await send("POST", "/pick", { name: open.name, digest: open.digest, kind, words, label }));
  at("pick-label").value = "";
}

/** Take the last saved change back. */
export async function undoSave() {
  const answer = await send("POST", "/undo", {});
  if (!answer.ok) return say(answer.status === 409 ? "那个文件后来在别处改过，没有撤销" : await faultOf(answer));
  const file = await answer.json();
  if (file.name) await put(file);
  say(file.name ? `已撤销：${file.name}` : "没有可撤销的");
}

/** Put the cursor on a line, and the line into sight. @param {number} line */
export function lineOf(line) {
  showSide("body");
  const editor = at("editor");
  /** @type {string[]} */
  const rows = editor.value.split("\n");
  const start = rows.slice(0, line - 1).reduce((sum, row) => sum + row.length + 1, 0);
  editor.focus();
  editor.setSelectionRange(start, start + (rows[line - 1] ?? "").length);
  editor.scrollTop = Math.max(0, heightOf(editor, start) - editor.clientHeight / 3);
}

/** Return how high the text before a place stands: measured in a copy that nobody sees. @param {HTMLTextAreaElement} editor @param {number} place */
function heightOf(editor, place) {
  const copy = /** @type {HTMLTextAreaElement} */ (editor.cloneNode());
  copy.removeAttribute("id");
  copy.value = editor.value.slice(0, place);
  copy.className = "measure";
  copy.style.width = `${editor.clientWidth}px`;
  editor.after(copy);
  const height = copy.scrollHeight;
  copy.remove();
  return height;
}
