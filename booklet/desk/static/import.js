// Import: files dropped or chosen, what was done with them in three lists, the pieces to correct.
import { at, send, wordsOf } from "./common.js";

const NAMES = { done: "已改", proposed: "建议修改", asked: "请您定" };

function cell(text) {
  const made = document.createElement("td");
  made.textContent = text;
  return made;
}

function showLists(told) {
  at("dropped").textContent = told.files.length ? `来稿：${told.files.join("、")}` : "";
  at("imported").replaceChildren(...Object.entries(told.entries).map(([kind, rows]) => {
    const box = document.createElement("details");
    box.open = kind !== "done";
    box.append(Object.assign(document.createElement("summary"), { textContent: `${NAMES[kind]}（${rows.length}）` }));
    const table = document.createElement("table");
    const head = document.createElement("tr");
    for (const name of ["在哪里", "什么", "原文", "改后", "怎么办"]) {
      head.append(Object.assign(document.createElement("th"), { textContent: name, scope: "col" }));
    }
    table.append(head, ...rows.map((one) => {
      const row = document.createElement("tr");
      row.append(cell(one.line ? `${one.place} 第 ${one.line} 行` : one.place), cell(one.what), cell(one.before), cell(one.after), cell(one.fix));
      return row;
    }));
    box.append(table);
    return box;
  }));
  at("accept").hidden = !(told.entries.proposed ?? []).length;
  at("kept").textContent = told.kept.join("；");
}

async function answered(answer) {
  if (answer.ok) {
    showLists(await answer.json());
    at("importing").textContent = "导入好了：看一看三张单子和分篇，再去看书页。";
    openSketch();
    return;
  }
  const words = answer.status === 413 ? "文件太大" : wordsOf((await answer.json()).findings);
  at("importing").textContent = `没有导入：${words}`;
}

async function drop(files) {
  if (!files.length) return;
  at("importing").textContent = "正在导入……";
  const form = new FormData();
  for (const file of files) form.append("files", file, file.name);
  await answered(await fetch("/import", { method: "POST", body: form }));
}

/** Show how the files were divided into speeches, to be corrected. */
async function openSketch() {
  const answer = await fetch("/import/sketch");
  at("sketch-box").hidden = !answer.ok;
  if (answer.ok) at("sketch").value = (await answer.json()).text;
}

const zone = at("drop");
zone.addEventListener("dragover", (event) => {
  event.preventDefault();
  zone.classList.add("over");
});
zone.addEventListener("dragleave", () => zone.classList.remove("over"));
zone.addEventListener("drop", (event) => {
  event.preventDefault();
  zone.classList.remove("over");
  drop([...event.dataTransfer.files]);
});
at("choose").addEventListener("change", (event) => drop([...event.target.files]));
at("accept").addEventListener("click", async () => {
  at("importing").textContent = "正在导入……";
  await answered(await send("POST", "/import/again", { accept: true }));
});
at("divide").addEventListener("click", async () => {
  at("importing").textContent = "正在导入……";
  await answered(await send("POST", "/import/again", { sketch: at("sketch").value }));
});
