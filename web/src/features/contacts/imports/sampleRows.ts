const BYTES = 64 * 1024;

/** The first rows of a file as somebody reads them, to stand beside what the server takes each column for. The server's own reader decides; this one only shows. */
export async function sampleRows(
  file: File,
  delimiter: string,
  encoding: string,
  rows = 2,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const text = await readStart(file, encoding);
  const [head = [], ...body] = parse(text.replace(/^\uFEFF/, '').replace(/^sep=.\r?\n/, ''), delimiter, rows + 1);
  return new Map(head.map((name, column) => [name.trim(), body.map((row) => row[column]?.trim() ?? '')]));
}

async function readStart(file: File, encoding: string): Promise<string> {
  const bytes = await file.slice(0, BYTES).arrayBuffer();
  try {
    return new TextDecoder(encoding).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}

/** Rows of CSV (RFC 4180), at most so many. */
export function parse(text: string, delimiter: string, rowsMax: number): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  const endRow = () => {
    row.push(cell);
    if (row.some((one) => one !== '')) rows.push(row);
    row = [];
    cell = '';
  };
  for (let at = 0; at < text.length && rows.length < rowsMax; at++) {
    const character = text[at] ?? '';
    if (quoted) {
      if (character !== '"') cell += character;
      else if (text[at + 1] === '"') cell += text[++at];
      else quoted = false;
    } else if (character === '"' && cell === '') quoted = true;
    else if (character === delimiter) {
      row.push(cell);
      cell = '';
    } else if (character === '\n') endRow();
    else if (character !== '\r') cell += character;
  }
  if (rows.length < rowsMax && (cell !== '' || row.length > 0)) endRow();
  return rows;
}
