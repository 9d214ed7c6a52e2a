import { flushPromises, mount } from "@vue/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { language } from "@/i18n/language";
import ActionDialog from "@/pages/stock/ActionDialog.vue";
import { binActions, bodyOf, lotActions, purchaseActions } from "@/pages/stock/actions";
import { balanceOf, punctualityOf, shortagesOf } from "@/pages/stock/netting";
import type { Lot, Material, PurchaseOrder } from "@/pages/stock/types";
import { zone } from "@/time/format";

const gear = {
    key: "GEAR",
    entity_revision: 1,
    is_defined: true,
    definition: { name: "Gear", unit: "pcs", source: "make", lead_time_ms: 0, safety_stock: 5, unit_cost: 1 },
    lots: {
        "L-1": { status: "unrestricted", bins: { A: 10, B: 0.1 }, since: "" },
        "L-2": { status: "blocked", bins: { A: 3 }, since: "" },
        "L-3": { status: "inspection", bins: { DOCK: 4 }, since: "" },
    },
    demands: {
        "order/O-1": { needed: 6, issued: 0, need_by: "2026-11-20T00:00:00Z", priority: 5, allocations: [{ lot: "L-1", bin: "A", quantity: 6 }], pegs: [{ supply: "work_order/W-1", quantity: 2 }] },
        "order/O-2": { needed: 9, issued: 1, need_by: "2026-11-20T00:00:00Z", priority: 5, allocations: [{ lot: "L-1", bin: "A", quantity: 2 }], promised: "2026-11-22T00:00:00Z", pegs: [{ supply: "work_order/W-1", quantity: 2 }, { supply: "work_order/W-2", quantity: 3 }] },
    },
    supplies: {
        "work_order/W-1": { quantity: 5, arrived: 1, due: "2026-11-19T00:00:00Z", closed: false },
        "work_order/W-2": { quantity: 5, arrived: 0, due: "2026-11-21T00:00:00Z", closed: false },
        "work_order/W-0": { quantity: 5, arrived: 2, due: "2026-11-01T00:00:00Z", closed: true },
    },
    low: true,
    problem: "",
    on_hand: 17.1,
} as Material;

describe("stock of an item", () => {
    it("is free only as far as it may be used and nobody has it set aside", () => {
        expect(balanceOf(gear)).toEqual({ onHand: 17.1, setAside: 8, free: 2.1, inspection: 4, blocked: 3, onOrder: 9, nextDue: "2026-11-19T00:00:00Z" });
    });

    it("does not cover all demands: what is missing is told by the supply that brings it, the latest first", () => {
        const missing = shortagesOf([gear]);
        expect(missing.map((s) => [s.demand, s.supply, s.amount])).toEqual([
            ["order/O-2", undefined, 1],
            ["order/O-2", "work_order/W-2", 3],
            ["order/O-2", "work_order/W-1", 2],
        ]);
        expect(missing[0]!.lateBy).toBe(Number.POSITIVE_INFINITY);
        expect(missing[1]!.lateBy).toBe(86_400_000);
        expect(missing[2]!.lateBy).toBe(-86_400_000);
    });
});

describe("a purchase order", () => {
    const order = { key: "P", status: "confirmed", due: "2026-11-20T00:00:00Z", confirmed: "2026-11-22T00:00:00Z", quantity: 10, received: 4, receiving_bin: "DOCK", lots: [], late: false } as unknown as PurchaseOrder;
    const on = (day: number): number => Date.parse(`2026-11-${day}T00:00:00Z`);

    it("is at risk when it is confirmed too late, and late when that date has passed", () => {
        expect(punctualityOf(order, on(18))).toBe("at_risk");
        expect(punctualityOf(order, on(23))).toBe("late");
        expect(punctualityOf({ ...order, confirmed: "2026-11-19T00:00:00Z" }, on(18))).toBe("on_time");
        expect(punctualityOf({ ...order, status: "received", late: true }, on(18))).toBe("late");
    });

    it("is received with what is still to come, in its bin", () => {
        const receive = purchaseActions(order, [], on(18))[0]!;
        expect(receive.fields.find((f) => f.member === "quantity")!.value).toBe(6);
        expect(bodyOf(receive, { quantity: 6, bin: "DOCK", supplier_lot: "", expiry: undefined })).toEqual({ quantity: 6, bin: "DOCK" });
        expect(purchaseActions({ ...order, status: "received" }, [], on(18))).toEqual([]);
    });
});

describe("what can be done with a lot", () => {
    const lot = { key: "L-1", status: "unrestricted", on_hand: 5, supplier: "S-1" } as Lot;

    it("depends on its state: only what is blocked is freed, scrapped or sent back", () => {
        expect(lotActions(lot).map((a) => a.command)).toEqual(["block"]);
        expect(lotActions({ ...lot, status: "blocked" }).map((a) => a.command)).toEqual(["unblock", "send_back", "scrap"]);
        expect(lotActions({ ...lot, status: "blocked", supplier: undefined, on_hand: 0 }).map((a) => a.command)).toEqual(["unblock"]);
    });

    it("is asked of the bin where it lies, with times in the plant's zone", () => {
        zone.value = "Europe/Berlin";
        const [count, transfer] = binActions("A", "L-1", 5, ["A", "B"]);
        expect(bodyOf(count!, { counted: 4, reason: "cycle" })).toEqual({ lot: "L-1", counted: 4, reason: "cycle" });
        expect(transfer!.fields.find((f) => f.member === "to")!.list).toEqual(["B"]);
        expect(bodyOf({ ...count!, fields: [{ member: "date", label: "", type: "time" }], fixed: {} }, { date: "2026-11-16T05:00" })).toEqual({ date: "2026-11-16T04:00:00.000Z" });
    });
});

describe("the dialog before a command", () => {
    beforeEach(() => (language.value = "en"));
    afterEach(() => vi.unstubAllGlobals());
    const block = (): ReturnType<typeof lotActions>[number] => lotActions({ key: "L-1", status: "unrestricted", on_hand: 5 } as Lot)[0]!;

    it("sends nothing before it is confirmed, and then what was typed, with a key that makes it happen once", async () => {
        const fetched = vi.fn(async (..._: unknown[]) => new Response('{"entity_revision":2}', { status: 200 }));
        vi.stubGlobal("fetch", fetched);
        const dialog = mount(ActionDialog, { props: { action: block() } });
        expect(fetched).not.toHaveBeenCalled();
        await dialog.find("input").setValue("scratched");
        await dialog.find("form").trigger("submit");
        await flushPromises();
        const [path, request] = fetched.mock.calls[0] as unknown as [string, { body: string; headers: Record<string, string> }];
        expect(path).toBe("/api/v1/lots/L-1/commands/block");
        expect(JSON.parse(request.body)).toEqual({ reason: "scratched" });
        expect(request.headers["Idempotency-Key"]).toBeTruthy();
        expect(dialog.emitted("close")).toHaveLength(1);
    });

    it("stays open when the node refuses, and shows why", async () => {
        const refusal = { status: 409, reason: "already_blocked", detail: "Lot L-1 is blocked already." };
        vi.stubGlobal("fetch", async () => new Response(JSON.stringify(refusal), { status: 409, headers: { "Content-Type": "application/problem+json" } }));
        const dialog = mount(ActionDialog, { props: { action: block() } });
        await dialog.find("input").setValue("scratched");
        await dialog.find("form").trigger("submit");
        await flushPromises();
        expect(dialog.emitted("close")).toBeUndefined();
        expect(dialog.find('[role="alert"]').text()).toBe("Lot L-1 is blocked already.");
    });
});
