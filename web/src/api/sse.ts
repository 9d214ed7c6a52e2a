/** One server-sent event, as the WHATWG parser dispatches it. */
export interface ServerSent {
    id: string;
    event: string;
    data: string;
}

/**
 * Takes text in pieces as it arrives and gives out whole events. EventSource would do the same, but cannot show a token
 * and does not tell that the stream lives when only comments come.
 */
export class SseParser {
    private rest = "";
    private id = "";
    private event = "";
    private data: string[] = [];

    /** What is whole now. An id without data comes as an event with empty data, so that the place is known. */
    take(text: string): ServerSent[] {
        const lines = (this.rest + text).split(/\r\n|\n|\r/);
        this.rest = lines.pop() ?? "";
        const whole: ServerSent[] = [];
        for (const line of lines) {
            if (line === "") this.dispatch(whole);
            else if (!line.startsWith(":")) this.field(line);
        }
        return whole;
    }

    private field(line: string): void {
        const colon = line.indexOf(":");
        const name = colon < 0 ? line : line.slice(0, colon);
        const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
        if (name === "id") this.id = value;
        else if (name === "event") this.event = value;
        else if (name === "data") this.data.push(value);
    }

    private dispatch(whole: ServerSent[]): void {
        if (this.id || this.data.length > 0) {
            whole.push({ id: this.id, event: this.event || "message", data: this.data.join("\n") });
        }
        this.id = this.event = "";
        this.data = [];
    }
}
