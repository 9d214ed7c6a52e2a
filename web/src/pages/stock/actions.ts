import { fromField, number, toField, zoneName, type Time } from "@/time/format";
import { t } from "./words";
import type { Bin, Lot, Material, PurchaseOrder } from "./types";

/** Something that people do to stock: what is asked before it, and the command that it is. */
export interface StockAction {
    name: string;
    says: string;
    kind: string;
    key: string;
    command: string;
    danger?: boolean;
    fields: Field[];
    fixed?: Record<string, unknown>; ///< members of the command that nobody is asked for
}

export interface Field {
    member: string;
    label: string;
    type: "text" | "number" | "time";
    value?: string | number;
    optional?: boolean;
    most?: number;
    list?: string[];
    note?: string;
}

const field = (member: string, label: string, type: Field["type"], more: Partial<Field> = {}): Field => ({ member, label, type, ...more });
const why = (): Field => field("reason", t("reason"), "text");

/** What of a command's members the fields hold, as the API wants them. */
export function bodyOf(action: StockAction, values: Record<string, string | number | undefined>): Record<string, unknown> {
    const body: Record<string, unknown> = { ...action.fixed };
    for (const f of action.fields) {
        const value = values[f.member];
        if (value === undefined || value === "") continue;
        body[f.member] = f.type === "time" ? new Date(fromField(String(value))).toISOString() : value;
    }
    return body;
}

export function lotActions(lot: Lot): StockAction[] {
    const act = (command: string, name: string, says: string, danger = false): StockAction => ({ name, says, kind: "lots", key: lot.key, command, danger, fields: [why()] });
    if (lot.status !== "blocked") return [act("block", t("block"), t("saysBlock"), true)];
    const all = [act("unblock", t("unblock"), t("saysUnblock"))];
    if (lot.on_hand > 0) {
        if (lot.supplier) all.push(act("send_back", t("sendBack"), t("saysSendBack"), true));
        all.push(act("scrap", t("scrap"), t("saysScrap"), true));
    }
    return all;
}

export function binActions(bin: string, lot: string, booked: number, bins: string[]): StockAction[] {
    const act = (command: string, name: string, says: string, fields: Field[], danger = false): StockAction => ({ name, says, kind: "bins", key: bin, command, danger, fields, fixed: { lot } });
    const amount = field("quantity", t("quantity"), "number", { value: booked, most: booked });
    return [
        act("count", t("count"), t("saysCount"), [field("counted", t("counted"), "number", { value: booked, note: t("booked", { n: number(booked, 3) }) }), why()]),
        act("transfer", t("move"), t("saysMove"), [amount, field("to", t("toBin"), "text", { list: bins.filter((b) => b !== bin) })]),
        act("scrap", t("scrapSome"), t("saysScrapSome"), [amount, why()], true),
    ];
}

export function purchaseActions(p: PurchaseOrder, bins: readonly Bin[], now: Time): StockAction[] {
    if (!["open", "confirmed", "partially_received"].includes(p.status)) return [];
    const act = (command: string, name: string, says: string, fields: Field[], danger = false): StockAction => ({ name, says, kind: "purchase_orders", key: p.key, command, danger, fields });
    const missing = p.quantity - p.received;
    return [
        act("receive", t("receive"), t("saysReceive"), [
            field("quantity", t("quantity"), "number", { value: missing }),
            field("bin", t("bin"), "text", { value: p.receiving_bin, list: bins.map((b) => b.key) }),
            field("supplier_lot", t("supplierLot"), "text", { optional: true }),
            field("expiry", t("expiry"), "time", { optional: true }),
        ]),
        act("confirm", t("confirmDate"), t("saysConfirm"), [field("date", t("date", { zone: zoneName(now) }), "time", { value: toField(p.confirmed ?? p.due) })]),
        act("close_short", t("closeShort"), t("saysCloseShort"), [why()], true),
    ];
}

export function materialActions(m: Material, now: number): StockAction[] {
    return [
        {
            name: t("replenish"),
            says: t("saysReplenish"),
            kind: "materials",
            key: m.key,
            command: "replenish",
            fields: [
                field("quantity", t("quantity"), "number"),
                field("due", t("dueDate", { zone: zoneName(now) }), "time", { value: toField(now + Math.max(m.definition.lead_time_ms, 3_600_000)) }),
            ],
        },
    ];
}
