/** The documents of the API that pages read; /api/v1/openapi.json has all of them in full. Times are RFC 3339 texts. */

export interface Entity {
    key: string;
    entity_revision: number;
}

export interface OverviewJob {
    work_order: string;
    operation: string;
    item: string;
    person: string;
    set_up: boolean;
    quantity: number;
    good: number;
    scrap: number;
    since: string;
    expected_end: string;
}

export interface OverviewMachine {
    machine: string;
    work_center: string;
    state: string;
    reason: string;
    down_since?: string;
    jobs: OverviewJob[];
    next: number;
    alarms: number;
    power_kw?: number;
}

export interface OverviewOrder {
    order: string;
    customer: string;
    product: string;
    quantity: number;
    due: string;
    promised?: string;
    late: boolean;
}

export interface OverviewCase {
    key: string;
    source: string;
    kind: string;
    detail: string;
    owner: string;
    stage: string;
    severity: string;
    opened: string;
    acknowledged: boolean;
    deadline?: string;
}

export interface Overview {
    now: string;
    machines: OverviewMachine[];
    orders_open: number;
    orders_due_today: number;
    at_risk: OverviewOrder[];
    orders_at_risk: number;
    cases: OverviewCase[];
    alarms_unacknowledged: number;
    alarms_active: number;
    power_kw: number;
    cap_kw?: number;
    cap_until?: string;
}

export interface Output {
    good: number;
    scrap: number;
    run_ms: number;
    setup_ms: number;
    down_ms: number;
    ideal_ms: number;
}

export interface Effectiveness extends Output {
    planned_ms: number;
    availability?: number;
    effectiveness_ratio?: number;
    quality_ratio?: number;
    oee?: number;
}

export interface Production {
    from: string;
    to: string;
    plant: Effectiveness;
    work_centers: (Effectiveness & { work_center: string })[];
    machines: (Effectiveness & { machine: string })[];
    hours: (Output & { from: string })[];
}

export interface WorkOrder extends Entity {
    status: string;
    item: string;
    quantity: number;
    good: number;
    scrap: number;
    due: string;
    priority: number;
    revision: string;
    held: boolean;
    quarantine: string;
    reason: string;
    planned_start?: string;
    planned_end?: string;
    lot?: string;
    components: { item: string; required: number; promised?: string }[];
    to_pick: LotAmount[];
    picking: LotAmount[];
    staged: LotAmount[];
    consumed: { lot: string; item: string; quantity: number }[];
    operations: WorkOrderOperation[];
    created_at: string;
    completed_at?: string;
}

export interface LotAmount {
    lot: string;
    bin: string;
    item?: string;
    quantity: number;
}

export interface WorkOrderOperation {
    key: string;
    name: string;
    work_center: string;
    status: string;
    quantity: number;
    good: number;
    scrap: number;
    run_good: number;
    run_scrap: number;
    machine: string;
    person: string;
    started?: string;
    ended?: string;
    rework: boolean;
    setup_ms: number;
    run_ms: number;
    labour_ms: number;
}

export interface Order extends Entity {
    status: string;
    customer: string;
    product: string;
    quantity: number;
    due: string;
    priority: number;
    allocated: number;
    shipped: number;
    expires?: string;
    promised?: string;
    promises: { at: string; date: string }[];
    late: boolean;
    expected_late: boolean;
    placed_at: string;
    shipped_at?: string;
    reason: string;
    reservations: { lot: string; bin: string; quantity: number; shipment: number }[];
}

export interface WhyStep {
    entity: string;
    operation: string;
    kind: string;
    subject: string;
    until?: string;
    length_ms: number;
    says: string;
}

export interface Why {
    entity: string;
    due?: string;
    expected?: string;
    late_ms: number;
    steps: WhyStep[];
}

export interface Peg {
    demand: string;
    supply: string;
    item: string;
    quantity: number;
    priority: number;
    need_by: string;
    expected?: string;
}
