import type { Entity } from "@/api/types";

export interface StockLot {
    status: string;
    bins: Record<string, number>;
    expiry?: string;
    since: string;
}

export interface Demand {
    needed: number;
    issued: number;
    need_by: string;
    priority: number;
    allocations: { lot: string; bin: string; quantity: number }[];
    promised?: string;
    pegs: { supply: string; quantity: number }[];
}

export interface SupplyLine {
    quantity: number;
    arrived: number;
    due: string;
    closed: boolean;
}

export interface Material extends Entity {
    is_defined: boolean;
    definition: { name: string; unit: string; source: "make" | "buy"; supplier?: string; lead_time_ms: number; safety_stock: number; unit_cost: number };
    lots: Record<string, StockLot>;
    demands: Record<string, Demand>;
    supplies: Record<string, SupplyLine>;
    low: boolean;
    problem: string;
    on_hand: number;
}

export interface Lot extends Entity {
    item: string;
    status: string;
    reason: string;
    origin: string;
    created: number;
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
    created_at: string;
}

export interface Bin extends Entity {
    zone: string;
    contents: Record<string, { item: string; quantity: number; reserved: Record<string, number> }>;
}

export interface PurchaseOrder extends Entity {
    status: string;
    supplier: string;
    item: string;
    quantity: number;
    received: number;
    returned: number;
    due: string;
    confirmed?: string;
    receiving_bin: string;
    lots: string[];
    late: boolean;
    created_at: string;
}

export interface Supplier extends Entity {
    definition: { name: string; lead_time_ms: number; offers: { item: string; price: number }[] };
    open: string[];
    orders: number;
    on_time: number;
    in_full: number;
    on_time_in_full: number;
    received: number;
    returned: number;
    returns: number;
}
