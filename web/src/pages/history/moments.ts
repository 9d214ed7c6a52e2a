import { get } from "@/api/client";
import type { Entity } from "@/api/types";

export type Past = Entity & Record<string, unknown>;

const most = 200;

/** States of one entity as they were. They never change, so those that were seen are kept. */
export class Moments {
    private readonly seen = new Map<number, Past>();

    constructor(
        private readonly path: string,
        private readonly ask: (path: string, query: { revision: number }) => Promise<Past> = (path, query) => get<Past>(path, query),
    ) {}

    /** Its state after so many events; nothing before the first. */
    async at(revision: number): Promise<Past | undefined> {
        if (revision < 1) return undefined;
        const known = this.seen.get(revision);
        if (known) return known;
        const state = await this.ask(this.path, { revision });
        if (this.seen.size >= most) this.seen.delete(this.seen.keys().next().value!);
        this.seen.set(revision, state);
        return state;
    }
}
