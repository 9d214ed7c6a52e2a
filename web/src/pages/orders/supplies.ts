import type { Peg } from "@/api/types";

/** A work order or purchase order that an order waits for, and how deep in its bills of material. */
export interface Supply {
    entity: string;
    item: string;
    quantity: number;
    depth: number;
    expected?: string;
}

/** All that an order waits for, what is made of it before it; each once, at its first place. */
export function suppliesOf(order: string, pegs: readonly Peg[]): Supply[] {
    const byDemand = new Map<string, Peg[]>();
    for (const p of pegs) {
        const known = byDemand.get(p.demand);
        if (known) known.push(p);
        else byDemand.set(p.demand, [p]);
    }
    const all: Supply[] = [];
    const seen = new Set<string>();
    const follow = (demand: string, depth: number): void => {
        for (const p of byDemand.get(demand) ?? []) {
            if (seen.has(p.supply) || !p.expected) continue; // what has no date any more has arrived
            seen.add(p.supply);
            all.push({ entity: p.supply, item: p.item, quantity: p.quantity, depth, expected: p.expected });
            follow(p.supply, depth + 1);
        }
    };
    follow(`order/${order}`, 0);
    return all;
}
