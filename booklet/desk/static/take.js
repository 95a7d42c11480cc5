// The finished files: made, and handed out.
import { at, send } from "./common.js";

function sizeOf(bytes) {
  return bytes > 1e6 ? `${(bytes / 1e6).toFixed(1)} MB` : `${Math.ceil(bytes / 1e3)} KB`;
}

/** List what was made, or say how far it is. */
export async function listTaken() {
  const { stage, files, findings } = await (await fetch("/take")).json();
  const errors = findings.filter((one) => one.severity === "error");
  at("making").textContent = stage ? `${stage}……`
    : errors.length ? `没有排成：${errors[0].file} ${errors[0].message}`
    : files.length ? "都排好了，可以拿走。" : "还没有排。";
  at("taken").replaceChildren(...files.map((file) => {
    const row = document.createElement("tr");
    const link = document.createElement("a");
    link.href = `/take/${encodeURIComponent(file.name)}`;
    link.download = file.name;
    link.textContent = file.name;
    const cells = [link, file.remark, sizeOf(file.size), file.use].map((what) => {
      const cell = document.createElement("td");
      cell.append(what);
      return cell;
    });
    row.append(...cells);
    return row;
  }));
  if (stage) setTimeout(listTaken, 400);
}

/** Make every edition. */
export async function makeAll() {
  await send("POST", "/take", {});
  listTaken();
}
