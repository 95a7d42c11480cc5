// A file of the book: read, edited, written whole; two texts are shown where it has changed meanwhile.
import { at, send, wordsOf } from "./common.js";
import { showForm } from "./form.js";

let open = null; // {name, text, digest} as it was read

export function hasEdits() {
  return open !== null && at("editor").value !== open.text;
}

function put(file) {
  open = file;
  at("file-name").textContent = file.name;
  at("editor").value = file.text;
  at("conflict").hidden = true;
  for (const button of document.querySelectorAll("[data-file]")) {
    button.setAttribute("aria-current", String(button.dataset.file === file.name));
  }
  const speech = file.name.endsWith(".md");
  for (const id of ["pick-quote", "pick-figure", "pick-label"]) at(id).disabled = !speech;
  showForm(file.name, writeForm);
}

/** Write what a form holds; the file that is then there is shown. */
async function writeForm(values) {
  if (hasEdits()) return say("先保存文字，再改表单");
  await told(await send("PUT", "/form", { name: open.name, digest: open.digest, values }));
}

/** Show the file that an answer brings, or what is wrong. */
async function told(answer) {
  if (answer.status === 409) return say("这个文件在别处改过了：重新打开它");
  if (!answer.ok) return say(await faultOf(answer));
  put(await answer.json());
  say("已保存");
}

/** Make what is selected in the text a quote or a figure. */
export async function pick(kind) {
  const editor = at("editor");
  const words = editor.value.slice(editor.selectionStart, editor.selectionEnd);
  const label = at("pick-label").value;
  if (!open || !words.trim()) return say("先在正文里选中");
  if (hasEdits()) return say("先保存文字，再选");
  if (kind === "figure" && !label.trim()) {
    at("pick-label").focus();
    return say("写上这个数字数的是什么");
  }
  await told(await send("POST", "/pick", { name: open.name, digest: open.digest, kind, words, label }));
  at("pick-label").value = "";
}

function say(words) {
  at("saved").textContent = words;
}

/** Open a file; what is not saved of another one is asked about. */
export async function openFile(name) {
  if (open && open.name === name) return;
  if (hasEdits() && !window.confirm(`${open.name} 还没有保存，放弃这些改动吗？`)) return;
  const answer = await fetch(`/text?name=${encodeURIComponent(name)}`);
  if (answer.ok) put(await answer.json());
  else say(await faultOf(answer));
}

/** Return what an answer says is wrong. */
async function faultOf(answer) {
  if (answer.status === 422) {
    const { findings } = await answer.json();
    return wordsOf(findings);
  }
  return "没有做成";
}

/** Write the file, if on disk it is still the one that was read. */
export async function saveFile() {
  if (!open) return;
  const text = at("editor").value;
  const answer = await send("PUT", "/text", { name: open.name, text, digest: open.digest });
  if (answer.status === 409) {
    const { there } = await answer.json();
    at("there").value = there.text;
    at("conflict").hidden = false;
    at("keep-mine").onclick = () => { open.digest = there.digest; saveFile(); };
    at("take-theirs").onclick = () => put(there);
    say("这个文件在别处改过了");
    return;
  }
  if (!answer.ok) return say(await faultOf(answer));
  open = await answer.json();
  at("conflict").hidden = true;
  say("已保存");
}

/** Take the last saved change back. */
export async function undoSave() {
  const answer = await send("POST", "/undo", {});
  if (!answer.ok) return say(answer.status === 409 ? "那个文件后来在别处改过，没有撤销" : await faultOf(answer));
  const file = await answer.json();
  if (file.name) put(file);
  say(file.name ? `已撤销：${file.name}` : "没有可撤销的");
}

/** Put the cursor on a line, and the line into sight. */
export function lineOf(line) {
  const editor = at("editor");
  const rows = editor.value.split("\n");
  const start = rows.slice(0, line - 1).reduce((sum, row) => sum + row.length + 1, 0);
  editor.focus();
  editor.setSelectionRange(start, start + (rows[line - 1] ?? "").length);
  editor.scrollTop = Math.max(0, (editor.scrollHeight / Math.max(rows.length, 1)) * (line - 4));
}
