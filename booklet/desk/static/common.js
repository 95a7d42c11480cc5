// What every part of the desk uses: the page's elements, the server, its words for what is wrong.

/** Return an element of the page by its id, which the template has. @type {(id: string) => any} */
export const at = (id) => document.getElementById(id);

/**
 * Return a new element with properties and what is in it.
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name @param {Row} properties @param {(string | Node)[]} inner @returns {HTMLElementTagNameMap[Name]}
 */
export function element(name, properties = {}, ...inner) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...inner);
  return made;
}

/** Return the keys of the boxes that are ticked below an element. @param {string} where @returns {string[]} */
export function ticked(where) {
  /** @type {NodeListOf<HTMLInputElement>} */
  const boxes = document.querySelectorAll(`${where} input[data-key]`);
  return [...boxes].filter((one) => one.checked).map((one) => one.dataset.key ?? "");
}

const SILENT = 503; // the status of an answer that did not come

/**
 * Return the answer of an address of the desk; one that is no success where the desk does not answer.
 * @param {string} address @param {RequestInit} options
 */
export async function ask(address, options = {}) {
  try {
    return await fetch(address, options);
  } catch {
    return new Response(null, { status: SILENT });
  }
}

/**
 * Send values to an address of the desk; return its answer.
 * @param {string} method @param {string} address @param {Row} values
 */
export function send(method, address, values) {
  return ask(address, { method, body: JSON.stringify(values) });
}

/** Return what is wrong, as one line of words. @param {Finding[]} findings */
export function wordsOf(findings) {
  return findings.map((one) => `${one.message}。${one.fix}`).join("；");
}

/** Return what an answer that is no success says. @param {Response} answer @returns {Promise<string>} */
export async function faultOf(answer) {
  if (answer.status === 413) return "文件太大：一次不要超过 200 MB";
  if (answer.status === SILENT) return "没有做成：书桌没有回答，看看程序还开着没有";
  if (answer.status !== 422) return "没有做成";
  return wordsOf((await answer.json()).findings);
}
