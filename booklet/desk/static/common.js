// What every part of the desk uses: the page's elements, the server, its words for what is wrong.

/** Return an element of the page by its id. */
export const at = (id) => document.getElementById(id);

/** Send values to an address of the desk; return its answer. */
export function send(method, address, values) {
  return fetch(address, { method, body: JSON.stringify(values) });
}

/** Return what is wrong, as one line of words. */
export function wordsOf(findings) {
  return findings.map((one) => `${one.message}。${one.fix}`).join("；");
}
