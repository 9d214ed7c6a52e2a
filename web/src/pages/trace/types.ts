/** GET /api/v1/{kind}/{key}/trace */
export interface Genealogy {
    entity: string;
    direction: "backward" | "forward";
    truncated: boolean;
    nodes: TraceNode[];
    links: TraceLink[];
}

export interface TraceNode {
    entity: string;
    depth: number;
    item: string;
    quantity: number;
    scrap: number;
    status: string;
    name: string;
    at?: string;
    lot?: {
        on_hand: number;
        consumed: number;
        shipped: number;
        scrapped: number;
        returned: number;
        adjusted: number;
        bins: Record<string, number>;
        supplier?: string;
        supplier_lot?: string;
        expiry?: string;
    };
}

export type LinkKind = "ordered" | "received" | "opened" | "consumed" | "made" | "run" | "worked" | "inspected" | "set_aside" | "shipped" | "awaited" | "sold";

export interface TraceLink {
    from: string;
    to: string;
    kind: LinkKind;
    quantity: number;
    scrap: number;
    operation: string;
    at?: string;
    until?: string;
}

/** Kinds that a trace can begin at. */
export const traced = ["lot", "order", "work_order", "purchase_order", "supplier", "machine"] as const;
/** What acts on the material, and is not material. */
const resources = ["machine", "operator", "inspection"];
export const isResource = (entity: string): boolean => resources.includes(entity.slice(0, entity.indexOf("/")));
