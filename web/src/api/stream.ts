import { reactive } from "vue";
import { withQuery } from "./client";
import { SseParser, type ServerSent } from "./sse";
import { tokenHeader, tokenRejected } from "./token";

/** An event of the plant, as GET /api/v1/events tells it. */
export interface Fact {
    position: number;
    entity: string; ///< "machine/M-104"
    revision: number;
    type: string;
    at: string;
    by: string;
    command: string; ///< that caused it
    data: Record<string, unknown>;
}

export const kindOf = (entity: string): string => entity.slice(0, entity.indexOf("/"));
export const keyOf = (entity: string): string => entity.slice(entity.indexOf("/") + 1);

type Listener = { kinds: ReadonlySet<string>; hear: (facts: readonly Fact[]) => void };

const silence = 20_000; // the node says something every 15 s
const shortestWait = 1_000;
const longestWait = 10_000;

/**
 * The plant's events, once for all that is on the page. Only kinds are asked for that somebody listens to. A lost
 * connection is taken up again after the last event that was seen, so nothing is missed; a hidden tab gives its
 * connection back, as browsers allow six to a node.
 */
class Stream {
    readonly shown = reactive({ state: "connecting" as "connecting" | "live" | "lost", heardAt: 0 });
    private readonly listeners = new Set<Listener>();
    private position: string | undefined;
    private asked = "";
    private running: AbortController | undefined;
    private wait = shortestWait;
    private timer: ReturnType<typeof setTimeout> | undefined;
    private changing: ReturnType<typeof setTimeout> | undefined;

    listen(kinds: Iterable<string>, hear: (facts: readonly Fact[]) => void): () => void {
        const one = { kinds: new Set(kinds), hear };
        this.listeners.add(one);
        this.kindsChanged();
        return () => {
            this.listeners.delete(one);
            this.kindsChanged();
        };
    }

    start(): void {
        document.addEventListener("visibilitychange", () => (document.hidden ? this.pause() : this.connect()));
        setInterval(() => this.noticeSilence(), 2_000);
        this.connect();
    }

    private wanted(): string {
        const kinds = new Set<string>();
        for (const one of this.listeners) for (const kind of one.kinds) kinds.add(kind);
        return [...kinds].sort().join(",");
    }

    /** A page that is left and the one that comes change the kinds together, so it is one change. */
    private kindsChanged(): void {
        clearTimeout(this.changing);
        this.changing = setTimeout(() => {
            if (this.running && this.wanted() !== this.asked) this.connect();
        }, 50);
    }

    private pause(): void {
        clearTimeout(this.timer);
        this.running?.abort();
        this.running = undefined;
    }

    private connect(): void {
        if (document.hidden) return;
        this.pause();
        this.asked = this.wanted();
        const run = new AbortController();
        this.running = run;
        void this.read(run).catch(() => {
            if (this.running === run) this.lost();
        });
    }

    private lost(): void {
        this.pause();
        this.shown.state = "lost";
        this.timer = setTimeout(() => this.connect(), this.wait);
        this.wait = Math.min(this.wait * 2, longestWait);
    }

    private async read(run: AbortController): Promise<void> {
        const query = this.asked ? { kind: this.asked } : { type: "none" };
        const headers: Record<string, string> = { Accept: "text/event-stream", ...tokenHeader() };
        if (this.position) headers["Last-Event-ID"] = this.position;
        const response = await fetch(withQuery("/api/v1/events", query), { headers, signal: run.signal, cache: "no-store" });
        if (response.status === 401) tokenRejected();
        if (!response.ok || !response.body) throw new Error(`events: ${response.status}`);
        this.heard();
        this.wait = shortestWait;
        const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
        const parser = new SseParser();
        for (;;) {
            const { done, value } = await reader.read();
            if (done) throw new Error("events: ended");
            this.heard();
            this.tell(parser.take(value));
        }
    }

    private heard(): void {
        this.shown.heardAt = Date.now();
        this.shown.state = "live";
    }

    private tell(events: readonly ServerSent[]): void {
        const facts: Fact[] = [];
        for (const e of events) {
            if (e.id) this.position = e.id;
            if (e.data && e.event === "message") facts.push(JSON.parse(e.data) as Fact);
        }
        if (facts.length === 0) return;
        for (const one of [...this.listeners]) {
            const wanted = facts.filter((f) => one.kinds.has(kindOf(f.entity)));
            if (wanted.length > 0) one.hear(wanted);
        }
    }

    private noticeSilence(): void {
        if (this.running && this.shown.state === "live" && Date.now() - this.shown.heardAt > silence) this.lost();
    }
}

export const stream = new Stream();
