import type { TraceLink, TraceNode } from "./types";

export interface LinkRow extends TraceLink {
    key: string;
    item: string; ///< that the amount is of; empty for work done at a machine or by a person
}

/** The links of a trace as rows, what lies nearest to its beginning first. */
export function rowsOf(nodes: readonly TraceNode[], links: readonly TraceLink[]): LinkRow[] {
    const byEntity = new Map(nodes.map((n) => [n.entity, n]));
    const itemOf = (l: TraceLink): string => {
        const ends = [byEntity.get(l.from), byEntity.get(l.to)];
        return (ends.find((n) => n?.entity.startsWith("lot/")) ?? ends.find((n) => n?.item))?.item ?? "";
    };
    return links.map((l, i) => ({ ...l, key: `${i} ${l.from} ${l.to}`, item: itemOf(l) }));
}

export const csvHead = ["from", "relation", "to", "quantity", "scrap", "item", "operation", "at", "until"] as const;
export const csvRow = (r: LinkRow): unknown[] => [r.from, r.kind, r.to, r.quantity, r.scrap, r.item, r.operation, r.at, r.until];
