import type { Peg } from "@/api/types";

/** GET /api/v1/schedules/plant/board. */
export interface Board {
    number: number;
    revision: number;
    now: string;
    planned_at: string;
    frozen_until: string;
    replan_at?: string;
    replan_cause: string;
    calendars: { shifts: string[]; working: { from: string; to: string }[] }[];
    machines: BoardMachine[];
    people: { person: string; skills: string[]; shifts: string[]; present: boolean }[];
    jobs: BoardJob[];
    worth?: Record<string, number>;
    offered?: Improvement;
}

export interface BoardMachine {
    machine: string;
    work_center: string;
    capacity: number;
    shifts: string[];
    up: boolean;
    down_until?: string;
    downtimes: { reference: string; from: string; to: string }[];
}

export interface BoardJob {
    work_order: string;
    item: string;
    due: string;
    priority: number;
    held: boolean;
    earliest?: string;
    operations: BoardOperation[];
}

export interface BoardOperation {
    operation: string;
    status: string;
    quantity: number;
    setup_family: string;
    machine?: string;
    person: string;
    start?: string;
    setup_end?: string;
    end?: string;
    unplanned: string;
    modes: string[];
    pinned?: boolean;
}

export interface Slot {
    work_order: string;
    operation: string;
    machine: string;
    person: string;
    start: string;
    end: string;
    cause: string;
    subject: string;
    old_machine: string;
    old_start?: string;
}

export interface Improvement {
    number: number;
    placed: Slot[];
    shifted: { work_order: string; later_ms: number }[];
    before: Record<string, number>;
    after: Record<string, number>;
    shifts: { shift: string; date: string; from: string; to: string }[];
}

export interface Span {
    from: number;
    to: number;
}

/** A bar of the chart: one operation at its place. */
export interface Bar {
    id: string; ///< "WO-7/20"
    job: BoardJob;
    operation: BoardOperation;
    row: number;
    lane: number;
    start: number;
    setupEnd: number;
    end: number;
    late: number; ///< by how much its work order ends after its due date, and a customer gets something late; 0: neither
    behind: number; ///< by how much it ends after its due date, though no customer is known to get anything late
    orders: readonly string[]; ///< customer orders that wait for its work order
    customers: readonly string[];
    moveable: boolean;
}

export interface Row {
    key: string;
    label: string;
    note: string;
    to: string; ///< the entity behind it
    bars: Bar[];
    lanes: number;
    off: Span[]; ///< nobody works, nothing runs
    down: (Span & { why: string })[];
    first: boolean; ///< of its group
}

export type RowsBy = "machine" | "operator" | "order";

export interface Filter {
    search: string;
    line: string;
    product: string;
    customer: string;
    late: boolean;
}

/** What the chart must know of a customer's order. */
export interface KnownOrder {
    customer: string;
    late: boolean; ///< it is, or is expected to be
}

export const barId = (workOrder: string, operation: string): string => `${workOrder}/${operation}`;
const at = (time: string): number => Date.parse(time);

/** By how much the last operation of a work order is planned to end after its due date. */
export function latenessOf(job: BoardJob): number {
    let end = 0;
    for (const o of job.operations) if (o.end) end = Math.max(end, at(o.end));
    return end === 0 ? 0 : Math.max(0, end - at(job.due));
}

/** Which customer orders wait for a work order in the end, over all levels of their bills of material. */
export function ordersBehind(pegs: readonly Peg[]): Map<string, string[]> {
    const waiting = new Map<string, string[]>();
    for (const p of pegs) {
        const known = waiting.get(p.supply);
        if (known) known.push(p.demand);
        else waiting.set(p.supply, [p.demand]);
    }
    const found = new Map<string, string[]>();
    const behind = (entity: string, path: ReadonlySet<string>): string[] => {
        const known = found.get(entity);
        if (known) return known;
        const all = new Set<string>();
        for (const demand of waiting.get(entity) ?? []) {
            if (demand.startsWith("order/")) all.add(demand.slice(6));
            else if (!path.has(demand)) for (const o of behind(demand, new Set([...path, demand]))) all.add(o);
        }
        const list = [...all].sort();
        found.set(entity, list);
        return list;
    };
    for (const supply of waiting.keys()) if (supply.startsWith("work_order/")) behind(supply, new Set([supply]));
    return new Map([...found].filter(([e]) => e.startsWith("work_order/")).map(([e, orders]) => [e.slice(11), orders]));
}

/** What is between the intervals in which people work; nothing if they always do. */
export function gapsOf(working: readonly { from: string; to: string }[], from: number, to: number): Span[] {
    if (working.length === 0) return [];
    const gaps: Span[] = [];
    let reached = from;
    for (const w of working) {
        if (at(w.from) > reached) gaps.push({ from: reached, to: at(w.from) });
        reached = Math.max(reached, at(w.to));
    }
    if (reached < to) gaps.push({ from: reached, to });
    return gaps;
}

/** Bars that lie over each other, as in a furnace, get lanes of their own. Bars by start. How many lanes there are. */
export function layLanes(bars: Bar[]): number {
    const ends: number[] = [];
    for (const bar of bars) {
        let lane = ends.findIndex((end) => end <= bar.start);
        if (lane < 0) lane = ends.push(0) - 1;
        ends[lane] = bar.end;
        bar.lane = lane;
    }
    return Math.max(1, ends.length);
}

const waiting = new Set(["waiting", "ready"]);

function passes(bar: Bar, filter: Filter, lineOf: ReadonlyMap<string, string>): boolean {
    if (filter.late && bar.late === 0) return false;
    if (filter.product && bar.job.item !== filter.product) return false;
    if (filter.customer && !bar.customers.includes(filter.customer)) return false;
    if (filter.line && lineOf.get(bar.operation.machine ?? "") !== filter.line) return false;
    if (!filter.search) return true;
    const needle = filter.search.toLowerCase();
    return [bar.id, bar.job.item, bar.operation.machine ?? "", bar.operation.person, ...bar.orders, ...bar.customers].some((text) => text.toLowerCase().includes(needle));
}

/** The chart's rows. Rows of machines and operators stay when a filter leaves them empty only if nothing is filtered. */
export function rowsOf(board: Board, by: RowsBy, filter: Filter, orders: ReadonlyMap<string, readonly string[]>, known: ReadonlyMap<string, KnownOrder>): Row[] {
    const horizonFrom = at(board.now) - 86_400_000;
    const horizonTo = Math.max(at(board.now) + 7 * 86_400_000, ...board.calendars.flatMap((c) => c.working.slice(-1).map((w) => at(w.to))));
    const gaps = new Map(board.calendars.map((c) => [c.shifts.join(), gapsOf(c.working, horizonFrom, horizonTo)]));
    const lineOf = new Map(board.machines.map((m) => [m.machine, m.work_center]));
    const filtered = filter.search !== "" || filter.line !== "" || filter.product !== "" || filter.customer !== "" || filter.late;
    const rows = new Map<string, Row>();
    const add = (row: Omit<Row, "bars" | "lanes" | "first">): void => void rows.set(row.key, { ...row, bars: [], lanes: 1, first: false });

    if (by === "machine") {
        const machines = [...board.machines].sort((a, b) => a.work_center.localeCompare(b.work_center) || a.machine.localeCompare(b.machine, undefined, { numeric: true }));
        for (const m of machines) {
            const down = m.downtimes.map((d) => ({ from: at(d.from), to: at(d.to), why: d.reference }));
            if (!m.up) down.push({ from: at(board.now), to: Math.max(at(m.down_until ?? board.now), at(board.now) + 900_000), why: "down" });
            add({ key: m.machine, label: m.machine, note: m.work_center, to: `machine/${m.machine}`, off: gaps.get(m.shifts.join()) ?? [], down });
        }
    } else if (by === "operator") {
        for (const p of board.people) add({ key: p.person, label: p.person, note: p.skills.join(", "), to: `operator/${p.person}`, off: gaps.get(p.shifts.join()) ?? [], down: [] });
    }

    for (const job of board.jobs) {
        const after = latenessOf(job);
        const waitingOrders = orders.get(job.work_order) ?? [];
        const customers = [...new Set(waitingOrders.map((o) => known.get(o)?.customer ?? ""))].filter(Boolean);
        const hurts = waitingOrders.some((o) => known.get(o)?.late);
        for (const operation of job.operations) {
            if (!operation.machine || !operation.start || !operation.end) continue;
            const key = by === "machine" ? operation.machine : by === "operator" ? operation.person : job.work_order;
            if (!key) continue;
            const start = at(operation.start);
            const end = Math.max(at(operation.end), start + 60_000);
            const bar: Bar = {
                id: barId(job.work_order, operation.operation),
                job,
                operation,
                row: 0,
                lane: 0,
                start,
                setupEnd: Math.min(end, at(operation.setup_end ?? operation.start)),
                end,
                late: hurts ? after : 0,
                behind: hurts ? 0 : after,
                orders: waitingOrders,
                customers,
                moveable: waiting.has(operation.status) && !job.held,
            };
            if (!passes(bar, filter, lineOf)) continue;
            if (by === "order" && !rows.has(key)) add({ key, label: key, note: `${job.item}${waitingOrders.length ? ` · ${waitingOrders.join(", ")}` : ""}`, to: `work_order/${key}`, off: [], down: [] });
            rows.get(key)?.bars.push(bar);
        }
    }

    let all = [...rows.values()];
    if (filtered) all = all.filter((r) => r.bars.length > 0);
    for (const row of all) row.bars.sort((a, b) => a.start - b.start);
    if (by === "order") all.sort((a, b) => (a.bars[0]?.start ?? 0) - (b.bars[0]?.start ?? 0));
    all.forEach((row, i) => {
        row.first = by === "machine" && row.note !== all[i - 1]?.note;
        row.lanes = layLanes(row.bars);
        for (const bar of row.bars) bar.row = i;
    });
    return all;
}

/** The first bar that may be seen at or after a time: bars are by start, and those before may still last. */
export function firstSeen(bars: readonly Bar[], from: number, longest: number): number {
    let low = 0;
    let high = bars.length;
    while (low < high) {
        const middle = (low + high) >> 1;
        if (bars[middle]!.start < from - longest) low = middle + 1;
        else high = middle;
    }
    return low;
}

export const longestOf = (rows: readonly Row[]): number => rows.reduce((most, r) => r.bars.reduce((m, b) => Math.max(m, b.end - b.start), most), 0);
