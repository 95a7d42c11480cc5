// A file's fields as a form: made of what the server tells of them, given back as one set of values.
import { ask, at, element, faultOf } from "./common.js";

let count = 0;

/** Return the control of one field, and what reads it. @param {Pick<Field, "kind"> & Partial<Field>} field @param {any} value @returns {Control} */
function control(field, value) {
  const id = `f${(count += 1)}`;
  if (field.kind === "flag") {
    const box = element("input", { type: "checkbox", id, checked: value === true });
    return { id, node: box, read: () => box.checked };
  }
  if (field.kind === "choice") {
    const list = element("select", { id }, ...(field.choices ?? []).map(([key, name]) => element("option", { value: key, textContent: name })));
    list.value = value ?? "";
    return { id, node: list, read: () => list.value };
  }
  const box = field.kind === "lines"
    ? element("textarea", { id, rows: 2, value: value ?? "" })
    : element("input", { type: "text", id, value: value ?? "" });
  return { id, node: box, read: () => box.value };
}

/** Return one row of a field that has several, and what reads it. @param {Field} field @param {Row} value @param {(made: Part) => void} gone @returns {Part} */
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

/** Return a QR code that follows what is typed. @param {Control["node"]} input */
function liveCode(input) {
  const image = element("img", { className: "qr", alt: "二维码", hidden: true });
  const draw = () => {
    image.hidden = !input.value;
    if (input.value) image.src = `/qr.svg?url=${encodeURIComponent(input.value)}`;
  };
  image.addEventListener("error", () => { image.hidden = true; });
  input.addEventListener("input", draw);
  draw();
  return image;
}

/** Return the controls of a group of fields, and what reads them. @param {Field} field @param {Row} values @returns {Part} */
function parts(field, values) {
  const controls = field.columns.map((column) => ({ column, ...control(column, values[column.key]) }));
  const labelled = controls.map((one) => {
    const label = element("label", { htmlFor: one.id, textContent: one.column.name, title: one.column.told });
    return element("div", { className: "part" }, label, one.node);
  });
  const read = () => Object.fromEntries(controls.map((one) => [one.column.key, one.read()]));
  return { node: element("div", { className: "parts" }, ...labelled), read };
}

/** Return a box to tick for each choice, and what reads them. @param {Field} field @param {string[]} values @returns {Part} */
function ticks(field, values) {
  const boxes = field.choices.map(([key, name]) => {
    const one = control({ kind: "flag" }, values.includes(key));
    return { key, read: one.read, node: element("label", { className: "tick" }, one.node, name) };
  });
  const read = () => boxes.filter((one) => one.read()).map((one) => one.key);
  return { node: element("div", { className: "parts" }, ...boxes.map((one) => one.node)), read };
}

/** @type {Partial<Record<Field["kind"], (field: Field, value: any, touch: () => void) => Part>>} */
const SEVERAL = { rows, group: parts, several: ticks };

/** Return rows that can be added and taken away, and what reads them. @param {Field} field @param {Row[]} values @param {() => void} touch @returns {Part} */
function rows(field, values, touch) {
  const box = element("div", { className: "rows" });
  /** @type {Part[]} */
  let held = [];
  /** @param {Part} made */
  const gone = (made) => {
    held = held.filter((one) => one !== made);
    made.node.remove();
    touch();
    more.focus();
  };
  /** @param {Row} value */
  const add = (value) => {
    const made = rowOf(field, value, gone);
    held.push(made);
    box.insertBefore(made.node, more);
    return made;
  };
  const more = element("button", { type: "button", textContent: `加一条${field.name}` });
  more.addEventListener("click", () => {
    touch();
    focusIn(add({}).node);
  });
  box.append(more);
  values.forEach(add);
  return { node: box, read: () => held.map((one) => one.read()) };
}

/** Put the focus on the first control in a box. @param {HTMLElement} box */
function focusIn(box) {
  /** @type {HTMLElement | null} */ (box.querySelector("input, select, textarea"))?.focus();
}

/** Return a field with its name and what is written there, and what reads it, unless it is left to the text. @param {Field} field @param {() => void} touch @returns {{ node: HTMLElement, read?: () => any }} */
function group(field, touch) {
  if (!field.open) return { node: element("p", { className: "help", textContent: `${field.name}：写法多于表单能显示的，请在全文里改。` }) };
  const several = SEVERAL[field.kind];
  const one = several ? null : control(field, field.value);
  const made = one ?? /** @type {NonNullable<typeof several>} */ (several)(field, field.value, touch);
  const box = element(several ? "fieldset" : "div", { className: "field" });
  box.append(several ? element("legend", { textContent: field.name }) : element("label", { htmlFor: one?.id, textContent: field.name }), made.node);
  if (field.told) {
    const help = element("span", { className: "help", textContent: field.told, id: `h${(count += 1)}` });
    (several ? box : made.node).setAttribute("aria-describedby", help.id);
    box.append(help);
  }
  return { node: box, read: made.read };
}

/** Show the form of a file; return what reads it and tells whether it was touched, null for a file without one. @param {string} name @returns {Promise<Form | null>} */
export async function showForm(name) {
  const box = at("form");
  const answer = await ask(`/form?name=${encodeURIComponent(name)}`);
  if (!answer.ok) {
    box.replaceChildren(element("p", { className: "help", textContent: await faultOf(answer) }));
    return null;
  }
  /** @type {{ fields: Field[] }} */
  const { fields } = await answer.json();
  let touched = false;
  const touch = () => { touched = true; };
  const groups = fields.map((field) => group(field, touch));
  box.replaceChildren(...groups.map((one) => one.node));
  box.oninput = touch;
  /** @param {Event} event */
  box.onsubmit = (event) => event.preventDefault();
  if (!fields.length) return null;
  const read = () => Object.fromEntries(fields.flatMap((field, n) => (groups[n].read ? [[field.key, groups[n].read?.()]] : [])));
  return { read, touched: () => touched };
}
