// A file's fields as a form: made of what the server tells of them, given back as one set of values.
import { at, wordsOf } from "./common.js";

let count = 0;

function element(name, properties = {}, ...inner) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...inner);
  return made;
}

/** Return the control of one field, and what reads it. */
function control(field, value) {
  const id = `f${(count += 1)}`;
  if (field.kind === "flag") {
    const box = element("input", { type: "checkbox", id, checked: value === true });
    return { id, node: box, read: () => box.checked };
  }
  if (field.kind === "choice") {
    const list = element("select", { id }, ...field.choices.map(([key, name]) => element("option", { value: key, textContent: name })));
    list.value = value ?? "";
    return { id, node: list, read: () => list.value };
  }
  if (field.kind === "lines") {
    const box = element("textarea", { id, rows: 2, value: value ?? "" });
    return { id, node: box, read: () => box.value };
  }
  const box = element("input", { type: "text", id, value: value ?? "" });
  return { id, node: box, read: () => box.value };
}

/** Return one row of a field that has several, and what reads it. */
function rowOf(field, value, gone) {
  const controls = field.columns.map((column) => ({ column, ...control(column, value[column.key]) }));
  const row = element("div", { className: "row" });
  for (const one of controls) {
    row.append(element("label", { htmlFor: one.id, textContent: one.column.name, title: one.column.told }), one.node);
    if (one.column.key === "url") row.append(liveCode(one.node));
  }
  const remove = element("button", { type: "button", textContent: "删去" });
  remove.setAttribute("aria-label", `删去这一条${field.name}`);
  const made = { node: row, read: () => Object.fromEntries(controls.map((one) => [one.column.key, one.read()])) };
  remove.addEventListener("click", () => gone(made));
  row.append(remove);
  return made;
}

/** Return a QR code that follows what is typed. */
function liveCode(input) {
  const image = element("img", { className: "qr", alt: "二维码", hidden: true });
  const draw = () => {
    image.hidden = !input.value;
    if (input.value) image.src = `/qr.svg?url=${encodeURIComponent(input.value)}`;
  };
  image.addEventListener("error", () => { image.hidden = true; });
  input.addEventListener("change", draw);
  draw();
  return image;
}

function rows(field, values) {
  const box = element("div", { className: "rows" });
  let held = [];
  const gone = (made) => {
    held = held.filter((one) => one !== made);
    made.node.remove();
    more.focus();
  };
  const add = (value) => {
    const made = rowOf(field, value, gone);
    held.push(made);
    box.insertBefore(made.node, more);
    return made;
  };
  const more = element("button", { type: "button", textContent: `加一条${field.name}` });
  more.addEventListener("click", () => add({}).node.querySelector("input, select, textarea").focus());
  box.append(more);
  values.forEach(add);
  return { node: box, read: () => held.map((one) => one.read()) };
}

/** Show the form of a file; ``write`` is given its values. */
export async function showForm(name, write) {
  const box = at("form");
  const answer = await fetch(`/form?name=${encodeURIComponent(name)}`);
  if (!answer.ok) {
    const { findings } = await answer.json();
    box.replaceChildren(element("p", { className: "help", textContent: wordsOf(findings) }));
    at("form-box").hidden = false;
    return;
  }
  const { fields } = await answer.json();
  at("form-box").hidden = fields.length === 0;
  const readers = [];
  const nodes = fields.map((field) => {
    if (!field.open) return element("p", { className: "help", textContent: `${field.name}：写法多于表单能显示的，请在文字里改。` });
    const several = field.kind === "rows";
    const made = several ? rows(field, field.value) : control(field, field.value);
    readers.push([field.key, made.read]);
    const group = element(several ? "fieldset" : "div", { className: "field" });
    group.append(several ? element("legend", { textContent: field.name }) : element("label", { htmlFor: made.id, textContent: field.name }));
    group.append(made.node);
    if (field.told) {
      const help = element("span", { className: "help", textContent: field.told, id: `h${(count += 1)}` });
      (several ? group : made.node).setAttribute("aria-describedby", help.id);
      group.append(help);
    }
    return group;
  });
  const save = element("button", { type: "submit", textContent: "写入表单" });
  box.replaceChildren(...nodes, save);
  box.onsubmit = (event) => {
    event.preventDefault();
    write(Object.fromEntries(readers.map(([key, read]) => [key, read()])));
  };
}
