export interface Change {
    path: string;
    body: unknown;
}

export interface Question {
    name: string;
    changes: Change[];
    hours: number;
    runs: number;
    seed?: number;
    new_orders: boolean;
}

export type Outcome = Record<string, number>;

export interface OrderFate {
    on_time_percent?: number;
    shipped_percent: number;
    shipped?: string;
}

export interface Entry {
    id: number;
    status: "waiting" | "running" | "done" | "failed" | "applied";
    progress: number;
    asked_at: string;
    error?: string;
    question: Question;
    answer?: { from: string; to: string; before: Outcome; after: Outcome; orders: { order: string; product: string; quantity: number; due: string; before?: OrderFate; after?: OrderFate }[] };
}

/** Whether more of a figure is better, less is better, or neither. */
export const better: Record<string, 1 | -1 | 0> = {
    orders_due: 0,
    orders_on_time: 1,
    late: -1,
    on_time_percent: 1,
    tardiness_h: -1,
    weighted_tardiness: -1,
    utilisation_percent: 0,
    setup_h: -1,
    setup_percent: -1,
    run_h: 0,
    work_in_progress: -1,
    flow_time_h: -1,
    completed: 1,
    energy_kwh: -1,
    cost: -1,
};

/** The outcome's figures in the order in which they are compared, with what follows from them. */
export function figuresOf(o: Outcome, pricePerKwh: number): Outcome {
    const all: Outcome = { ...o, late: (o.orders_due ?? 0) - (o.orders_on_time ?? 0), cost: (o.energy_kwh ?? 0) * pricePerKwh };
    return Object.fromEntries(Object.keys(better).filter((k) => k in all).map((k) => [k, all[k]!]));
}

/** A change as people read it. */
export function sentenceOf(change: Change): string {
    const parts = change.path.replace("/api/v1/", "").split("/");
    const body = change.body as Record<string, unknown>;
    const said = Object.entries(body)
        .filter(([, v]) => typeof v !== "object")
        .map(([k, v]) => `${k} ${String(v)}`)
        .join(", ");
    return `${parts.length > 2 ? `${decodeURIComponent(parts[1]!)} ${parts[3]?.replace(/_/g, " ")}` : parts[0]}${said ? `: ${said}` : ""}`;
}
