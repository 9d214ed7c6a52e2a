/** One line of a table as CSV after RFC 4180. */
const line = (cells: readonly unknown[]): string =>
    cells
        .map((cell) => {
            const text = cell === null || cell === undefined ? "" : String(cell);
            return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
        })
        .join(",");

export const toCsv = (head: readonly string[], rows: readonly (readonly unknown[])[]): string => [head, ...rows].map(line).join("\r\n") + "\r\n";

/** Gives the browser a file that was made here. */
export function download(name: string, type: string, content: string): void {
    const url = URL.createObjectURL(new Blob([content], { type }));
    const link = document.createElement("a");
    link.href = url;
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 1_000);
}

/** With the mark that tells spreadsheets that it is UTF-8. */
export const downloadCsv = (name: string, head: readonly string[], rows: readonly (readonly unknown[])[]): void => download(`${name}.csv`, "text/csv;charset=utf-8", `\ufeff${toCsv(head, rows)}`);
export const downloadJson = (name: string, content: unknown): void => download(`${name}.json`, "application/json", JSON.stringify(content, undefined, 2));
