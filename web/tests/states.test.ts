import { describe, expect, it } from "vitest";
import type { Fact } from "@/api/stream";
import { statesOf } from "@/pages/machines/states";

const at = (minute: number): string => new Date(Date.UTC(2026, 0, 5, 6, minute)).toISOString();
const fact = (revision: number, minute: number, type: string, data: object): Fact => ({ position: revision, revision, entity: "machine/M-1", at: at(minute), by: "", command: "", type, data: data as Record<string, unknown> });
const job = { work_order: "WO-1", operation: "10", run: 4 };
const now = Date.parse(at(60));

describe("a machine's states", () => {
    it("follow its jobs: idle, set-up, running, idle", () => {
        const spans = statesOf([fact(1, 0, "defined", {}), fact(2, 5, "job_confirmed", { job }), fact(3, 15, "setup_done", { job }), fact(4, 40, "job_completed", { job })], now);
        expect(spans.map((s) => [s.state, (s.to - s.from) / 60_000])).toEqual([["idle", 5], ["setup", 10], ["execute", 25], ["idle", 20]]);
        expect(spans[2]?.note).toBe("WO-1/10");
    });

    it("are down while it is, and what it was at goes on afterwards", () => {
        const spans = statesOf([fact(7, 0, "setup_done", { job }), fact(8, 10, "went_down", { reason: "chuck" }), fact(9, 25, "came_up", {})], now);
        expect(spans.map((s) => s.state)).toEqual(["execute", "down", "execute"]);
        expect(spans[1]?.note).toBe("chuck");
    });

    it("are unknown before the first event that says so, when there was more before", () => {
        expect(statesOf([fact(300, 10, "progressed", { job, good: 3 })], now).map((s) => s.from)).toEqual([Date.parse(at(10))]);
    });
});
