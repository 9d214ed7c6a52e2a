import type { Entity } from "@/api/types";

export interface Case extends Entity {
    state: string;
    number: number;
    trace: string;
    kind: string;
    source: string;
    stage: string;
    severity: string;
    detail: string;
    cause: string;
    owner: string;
    symptoms: { type: string; detail: string; stands: boolean; since: string }[];
    occurrences: number;
    opened: string;
    acknowledged?: string;
    acknowledged_by: string;
    verify_until?: string;
    closed?: string;
    deadline?: string;
    steps: { what: string; status: string; automatic: boolean; from_severity: string }[];
    quarantine: { what: string; stopped: boolean; item: string; quantity: number; inspection?: string; ended: boolean; accepted: boolean }[];
    maintenance_order: string;
    labour_ms: number;
    customers_orders: string[];
    timeline: { at: string; stage: string; what: string; by: string; about?: string }[];
}

export interface AlarmPoint extends Entity {
    status: string;
    active: boolean;
    source: string;
    priority: string;
    cause: string;
    detection?: { detector: string; tag: string; what: string; value: number; rule: string };
    activations: number;
    annunciations: number;
    raised_at?: string;
    cleared_at?: string;
    acknowledged_at?: string;
    acknowledged_by: string;
    shelf?: { by: string; reason: string; until?: string };
}
