// Reads a roster: comma-separated values (RFC 4180), the first line names the columns.

/** Rows of cells, each with the number of the line it begins on. */
export function readCsv(text) {
  const rows = [];
  let cells = [""];
  let quoted = false;
  let line = 1;
  let begun = 1;
  const end = () => {
    if (cells.length > 1 || cells[0].trim() !== "") rows.push({ line: begun, cells: cells.map((cell) => cell.trim()) });
    cells = [""];
  };
  for (let i = 0; i < text.length; i++) {
    const letter = text[i];
    if (letter === "\n") line++;
    if (quoted && letter === '"' && text[i + 1] === '"') (cells[cells.length - 1] += '"'), i++;
    else if (letter === '"') quoted = !quoted;
    else if (!quoted && letter === ",") cells.push("");
    else if (!quoted && letter === "\n") end(), (begun = line);
    else if (letter !== "\r" || quoted) cells[cells.length - 1] += letter;
  }
  end();
  return rows;
}

/** [{ line, fields }]: a column "npi" is the field provider.npi; one with a dot is a path already. */
export function readRoster(text) {
  const [head, ...rows] = readCsv(text.replace(/^\ufeff/, ""));
  if (!head) return [];
  const paths = head.cells.map((name) => (name.includes(".") ? name : `provider.${name}`));
  return rows.map(({ line, cells }) => ({ line, fields: Object.fromEntries(paths.map((path, i) => [path, cells[i] ?? ""]).filter(([, value]) => value)) }));
}
