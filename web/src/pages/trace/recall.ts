import type { Genealogy, TraceLink, TraceNode } from "./types";

/** Something that is still in the plant and may hold the suspect material. */
export interface InPlant {
    key: string;
    entity: string; ///< a lot, or a work order whose pieces are being made
    item: string;
    quantity: number;
    place: string; ///< a bin; of a work order, the machine or work centre; may be empty
    status: string;
    setAside: { demand: string; quantity: number }[]; ///< of the lot, for whom
}

/** What has left the plant. */
export interface Shipped {
    key: string;
    order: string;
    customer: string; ///< entity
    customerName: string;
    lot: string;
    item: string;
    quantity: number;
    at?: string;
}

export interface Recall {
    inPlant: InPlant[];
    shipped: Shipped[];
    /** Customers' orders that stock of it is set aside for: to be held back. */
    heldBack: { order: string; customer: string; customerName: string; lot: string; quantity: number }[];
    scrapped: { lot: string; item: string; quantity: number; how: "scrapped" | "returned" }[];
    truncated: boolean; ///< there is more than was traced
}

const kindOf = (entity: string): string => entity.slice(0, entity.indexOf("/"));
const finished = ["completed", "cancelled"];

/** Who has what a trace forward reaches: in the plant, at customers, or thrown away. */
export function recallOf(trace: Genealogy): Recall {
    const nodes = new Map(trace.nodes.map((n) => [n.entity, n]));
    const to = (kind: TraceLink["kind"], from: string): TraceLink[] => trace.links.filter((l) => l.kind === kind && l.from === from);
    const customerOf = (order: string): TraceNode | undefined => nodes.get(trace.links.find((l) => l.kind === "sold" && l.from === order)?.to ?? "");
    const recall: Recall = { inPlant: [], shipped: [], heldBack: [], scrapped: [], truncated: trace.truncated };

    for (const node of trace.nodes) {
        const lot = node.lot;
        if (kindOf(node.entity) === "work_order" && !finished.includes(node.status) && reached(trace, node.entity)) {
            recall.inPlant.push({ key: node.entity, entity: node.entity, item: node.item, quantity: node.quantity - node.scrap, place: node.name, status: node.status, setAside: [] });
        }
        if (!lot) continue;
        const setAside = to("set_aside", node.entity).map((l) => ({ demand: l.to, quantity: l.quantity }));
        for (const [bin, quantity] of Object.entries(lot.bins)) {
            if (quantity <= 0) continue;
            recall.inPlant.push({ key: `${node.entity} ${bin}`, entity: node.entity, item: node.item, quantity, place: bin, status: node.status, setAside });
        }
        for (const s of setAside) {
            if (kindOf(s.demand) !== "order") continue;
            const customer = customerOf(s.demand);
            recall.heldBack.push({ order: s.demand, customer: customer?.entity ?? "", customerName: customer?.name ?? "", lot: node.entity, quantity: s.quantity });
        }
        for (const l of to("shipped", node.entity)) {
            const customer = customerOf(l.to);
            const order = nodes.get(l.to);
            recall.shipped.push({
                key: `${node.entity} ${l.to}`,
                order: l.to,
                customer: customer?.entity ?? "",
                customerName: customer?.name ?? "",
                lot: node.entity,
                item: node.item,
                quantity: l.quantity,
                at: l.at ?? order?.at,
            });
        }
        for (const how of ["scrapped", "returned"] as const) if (lot[how] > 0) recall.scrapped.push({ lot: node.entity, item: node.item, quantity: lot[how], how });
    }
    return recall;
}

/** A work order that only has suspect stock set aside has not used it; the lot's own line says that it might. */
const reached = (trace: Genealogy, work: string): boolean => work === trace.entity || trace.links.some((l) => l.to === work && l.kind !== "set_aside");

/** Lots that may still be used or shipped: what to block first. */
export const lotsToBlock = (recall: Recall): string[] => [...new Set(recall.inPlant.filter((i) => kindOf(i.entity) === "lot" && i.status !== "blocked").map((i) => i.entity))];
