// What the server tells the scripts of the desk, and is told by them; tsc holds them to it (tests/test_script.py).

interface Leaf { key: string; folio: string; text: number | null; kind: string }
/** A leaf with its number, counted from 0. */
interface Numbered extends Leaf { number: number }
type Box = [left: number, top: number, width: number, height: number];
interface Finding {
  file: string; line: number; message: string; fix: string; severity: "error" | "warning"; code: string;
  spot?: { leaf: number; boxes: Box[] } | null;
}
interface TextOf { file: string; title: string; speaker: string; kind: string }
interface State {
  version: number; stage: "busy" | "shown" | "ready" | "wrong"; words: string;
  edition: string; bound: boolean; trim: [number, number]; leaves: Leaf[];
  findings: Finding[]; silenced: number; texts: TextOf[];
}

/** A file of the book as it was read; the digest tells whether it is still the same. */
interface BookFile { name: string; text: string; digest: string }
type Row = Record<string, any>;
interface Field {
  key: string; name: string; told: string; kind: "text" | "lines" | "flag" | "choice" | "rows" | "group" | "several";
  choices: [string, string][]; columns: Field[]; value: any; open: boolean;
}
/** A control, and what reads it. */
interface Control { id: string; node: HTMLElement & { value?: string }; read: () => any }
interface Part { node: HTMLElement; read: () => any }
interface Form { read: () => Row; touched: () => boolean }

interface Entry {
  key: string; kind: ListName; code: string; place: string; line: number;
  what: string; before: string; after: string; fix: string;
}
type ListName = "done" | "proposed" | "asked";
interface Piece {
  kind: string; file: string; first: number; last: number;
  title: string; speaker: string; post: string; opening: string;
}
/** A piece of the table, with a number of its own. */
interface Held extends Piece { id: number }
type Sources = Record<string, [line: number, text: string][]>;
interface Imported {
  files: string[]; lists: Partial<Record<ListName, Entry[]>>; pieces: Piece[]; sources: Sources;
  written: string[]; kept: string[];
}

interface Stage { edition: string; step: string }
interface Made { name: string; title: string; remark: string; use: string; size: number }
interface Taken {
  busy: boolean; stages: Stage[]; words: string; final: string; fresh: boolean; files: Made[]; findings: Finding[];
}
interface Point { key: string; where: string; what: string; signer: string }
