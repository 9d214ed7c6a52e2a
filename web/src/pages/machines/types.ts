import type { Entity } from "@/api/types";

export interface Machine extends Entity {
    is_defined: boolean;
    definition: {
        name: string;
        work_center: string;
        capacity: number;
        shifts: string[];
        rated_power_kw: number;
        asset?: string;
        limits: { tag: string; low?: number; high?: number }[];
        detectors: { key?: string; tag: string; rule: string; low?: number; high?: number }[];
    };
    up: boolean;
    packml: string;
    reason: string;
    down_since?: string;
    setup_family: string;
    jobs: { spec: { work_order: string; operation: string; run: number; item: string; quantity: number; person: string }; phase: string; good: number; scrap: number; dispatched_at: string }[];
    alarms: Record<string, { tag: string; value: number; since: string }>;
    good: number;
    scrap: number;
    completed: number;
    breakdowns: number;
    setup_ms: number;
    run_ms: number;
    down_ms: number;
    energy_kwh: number;
    control?: { order: { action: string; number: number }; reason: string; asked_by: string; confirmed: boolean; requested_at: string };
    blocked?: string;
    recipe: string;
    set_points: Record<string, number>;
    past: { job: { work_order: string; operation: string }; item: string; from: string; to: string }[];
    live?: { tags: { tag: string; value: number; at: string; quality: number }[] };
}

export interface DispatchList {
    running: { work_order: string; operation: string; item: string; quantity: number; person: string; status: string; since: string; expected_end: string }[];
    next: {
        work_order: string;
        operation: string;
        item: string;
        quantity: number;
        person: string;
        start: string;
        setup_end: string;
        end: string;
        due: string;
        priority: number;
        material_ready: boolean;
        waits_for: { reason: string; subject: string; until?: string }[];
    }[];
}

/** What stands in the machine's place in lists, as /api/v1/overview has it. */
export function stateOf(m: Machine): string {
    if (!m.up) return "down";
    if (m.blocked && !m.jobs.some((j) => j.phase === "running")) return "blocked";
    const atWork = m.packml === "execute" || m.packml === "idle";
    if (atWork && m.jobs.some((j) => j.phase === "running")) return "execute";
    if (atWork && m.jobs.some((j) => j.phase === "setup")) return "setup";
    return m.packml;
}
