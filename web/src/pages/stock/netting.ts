import type { Demand, Material, PurchaseOrder } from "./types";

/** What of an item is where: `free` may be used by whoever comes next. */
export interface Balance {
    onHand: number;
    setAside: number;
    free: number;
    inspection: number;
    blocked: number;
    onOrder: number;
    nextDue?: string; ///< of what is on order
}

/** Amounts have three digits, and sums of them no more. */
const exact = (amount: number): number => Math.round(amount * 1000) / 1000;
const sum = (amounts: readonly number[]): number => exact(amounts.reduce((total, a) => total + a, 0));
const allocated = (d: Demand): number => sum(d.allocations.map((a) => a.quantity));

export function balanceOf(m: Material): Balance {
    const lots = Object.values(m.lots);
    const of = (status: string) => sum(lots.filter((l) => l.status === status).flatMap((l) => Object.values(l.bins)));
    const setAside = sum(Object.values(m.demands).map(allocated));
    const coming = Object.values(m.supplies).filter((s) => !s.closed && s.quantity > s.arrived);
    return {
        onHand: m.on_hand,
        setAside,
        free: Math.max(0, exact(of("unrestricted") - setAside)),
        inspection: of("inspection"),
        blocked: of("blocked"),
        onOrder: sum(coming.map((s) => s.quantity - s.arrived)),
        nextDue: coming.map((s) => s.due).sort()[0],
    };
}

/** A part of a demand that stock does not cover, and the supply that is to bring it; without one, nothing is to come. */
export interface Shortage {
    key: string;
    item: string;
    name: string;
    unit: string;
    demand: string;
    priority: number;
    amount: number;
    needBy: string;
    supply?: string;
    expected?: string;
    lateBy: number; ///< milliseconds after `needBy`; infinite if nothing is to come
    problem: string; ///< why nothing is ordered
}

/** All that is missing, by supply; what comes latest after it is needed comes first. */
export function shortagesOf(materials: readonly Material[]): Shortage[] {
    const all: Shortage[] = [];
    for (const m of materials)
        for (const [demand, d] of Object.entries(m.demands)) {
            let missing = exact(d.needed - d.issued - allocated(d));
            if (missing <= 0) continue;
            const add = (amount: number, supply?: string): void => {
                const expected = supply ? (m.supplies[supply]?.due ?? d.promised) : undefined;
                all.push({
                    key: `${m.key} ${demand} ${supply ?? ""}`,
                    item: m.key,
                    name: m.definition.name,
                    unit: m.definition.unit,
                    demand,
                    priority: d.priority,
                    amount: exact(amount),
                    needBy: d.need_by,
                    supply,
                    expected,
                    lateBy: expected ? Date.parse(expected) - Date.parse(d.need_by) : Number.POSITIVE_INFINITY,
                    problem: m.problem,
                });
            };
            for (const p of d.pegs) {
                const amount = Math.min(missing, p.quantity);
                if (amount <= 0) continue;
                add(amount, p.supply);
                missing = exact(missing - amount);
            }
            if (missing > 0) add(missing);
        }
    return all.sort((a, b) => b.lateBy - a.lateBy);
}

export type Punctuality = "late" | "at_risk" | "on_time";

/** An open purchase order is late once its date has passed, and at risk when its supplier named a later date than was wanted. */
export function punctualityOf(p: PurchaseOrder, now: number): Punctuality {
    if (p.status === "received" || p.status === "closed_short") return p.late ? "late" : "on_time";
    if (now > Date.parse(p.confirmed ?? p.due)) return "late";
    return p.confirmed && Date.parse(p.confirmed) > Date.parse(p.due) ? "at_risk" : "on_time";
}
