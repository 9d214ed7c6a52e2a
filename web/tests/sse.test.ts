import { describe, expect, it } from "vitest";
import { SseParser } from "@/api/sse";

describe("the parser of server-sent events", () => {
    it("gives out an event when its blank line has come, however the text is cut", () => {
        const text = 'id: 12\ndata: {"a":1}\n\n';
        for (let cut = 0; cut < text.length; ++cut) {
            const parser = new SseParser();
            const all = [...parser.take(text.slice(0, cut)), ...parser.take(text.slice(cut))];
            expect(all).toEqual([{ id: "12", event: "message", data: '{"a":1}' }]);
        }
    });

    it("joins several lines of data, and leaves comments and fields that it does not know", () => {
        expect(new SseParser().take(": alive\n\nretry: 2000\ndata: a\ndata:b\n\n")).toEqual([{ id: "", event: "message", data: "a\nb" }]);
    });

    it("tells an id that comes without data, so that the place is known", () => {
        expect(new SseParser().take("id: 7\n\n")).toEqual([{ id: "7", event: "message", data: "" }]);
    });

    it("names the event of a reset", () => {
        expect(new SseParser().take("event: reset\ndata: {}\n\n")[0]?.event).toBe("reset");
    });
});
