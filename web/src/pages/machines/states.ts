import type { Fact } from "@/api/stream";

/** What a machine was at, from when to when. */
export interface StateSpan {
    state: string;
    from: number;
    to: number;
    note: string;
}

interface Run {
    running: boolean;
    name: string;
}

/** The states of a machine from its events, oldest first. Events that begin with its first one begin with an idle machine;
    of others, nothing is known before the first that says so. */
export function statesOf(events: readonly Fact[], now: number): StateSpan[] {
    const runs = new Map<number, Run>();
    const spans: StateSpan[] = [];
    let down = "";
    const current = (): { state: string; note: string } => {
        if (down) return { state: "down", note: down };
        const all = [...runs.values()];
        const running = all.find((r) => r.running);
        if (running) return { state: "execute", note: running.name };
        if (all.length > 0) return { state: "setup", note: all[0]!.name };
        return { state: "idle", note: "" };
    };
    const first = events[0];
    const whole = first !== undefined && first.revision === 1;
    let open: StateSpan | undefined = whole ? { state: "idle", note: "", from: Date.parse(first.at), to: now } : undefined;
    for (const e of events) {
        const at = Date.parse(e.at);
        const job = e.data.job as { work_order: string; operation: string; run: number } | undefined;
        const name = job ? `${job.work_order}/${job.operation}` : "";
        if (e.type === "job_confirmed" && job) runs.set(job.run, { running: false, name });
        else if (e.type === "setup_done" && job) runs.set(job.run, { running: true, name });
        else if (e.type === "progressed" && job) runs.set(job.run, { running: true, name });
        else if ((e.type === "job_completed" || e.type === "job_withdrawn") && job) runs.delete(job.run);
        else if (e.type === "went_down") down = String(e.data.reason || "down");
        else if (e.type === "came_up") down = "";
        else continue;
        const is = current();
        if (open && open.state === is.state && open.note === is.note) continue;
        if (open) spans.push({ ...open, to: at });
        open = { ...is, from: at, to: at };
    }
    if (open) spans.push({ ...open, to: Math.max(open.from, now) });
    return spans.filter((s) => s.to > s.from);
}
