import { mount } from "@vue/test-utils";
import { createMemoryHistory, createRouter } from "vue-router";
import { describe, expect, it } from "vitest";
import { toCsv } from "@/download";
import { kinOf, layOut } from "@/pages/trace/layout";
import { pageRoute, traceRoute } from "@/pages/trace/paths";
import { lotsToBlock, recallOf } from "@/pages/trace/recall";
import { csvHead, csvRow, rowsOf } from "@/pages/trace/rows";
import TraceGraph from "@/pages/trace/TraceGraph.vue";
import type { Genealogy, TraceLink, TraceNode } from "@/pages/trace/types";

const node = (entity: string, more: Partial<TraceNode> = {}): TraceNode => ({ entity, depth: 0, item: "", quantity: 0, scrap: 0, status: "", name: "", ...more });
const lot = (key: string, item: string, status: string, whereabouts: Partial<NonNullable<TraceNode["lot"]>> = {}): TraceNode =>
    node(`lot/${key}`, { item, status, quantity: 10, lot: { on_hand: 0, consumed: 0, shipped: 0, scrapped: 0, returned: 0, adjusted: 0, bins: {}, ...whereabouts } });
const link = (from: string, kind: TraceLink["kind"], to: string, quantity = 1, more: Partial<TraceLink> = {}): TraceLink => ({ from, to, kind, quantity, scrap: 0, operation: "", ...more });

/** A bar that went into two work orders: one is done, and what it made is in stock and at a customer; one is at work. */
const bar: Genealogy = {
    entity: "lot/BAR-1",
    direction: "forward",
    truncated: false,
    nodes: [
        lot("BAR-1", "BAR", "unrestricted", { on_hand: 4, consumed: 5, scrapped: 1, bins: { RAW: 3, LINE: 1 } }),
        node("work_order/WO-1", { item: "SHAFT", quantity: 10, status: "completed" }),
        node("work_order/WO-2", { item: "SHAFT", quantity: 8, scrap: 2, status: "in_progress", name: "LATHE-1" }),
        node("work_order/WO-3", { item: "SHAFT", quantity: 8, status: "staged" }),
        lot("S-1", "SHAFT", "blocked", { on_hand: 6, shipped: 3, bins: { FG: 6 } }),
        node("order/O-1", { item: "SHAFT", status: "shipped", at: "2026-11-16T05:00:00Z" }),
        node("order/O-2", { item: "SHAFT", status: "allocated" }),
        node("customer/C-1", { name: "Acme" }),
    ],
    links: [
        link("lot/BAR-1", "consumed", "work_order/WO-1", 3),
        link("lot/BAR-1", "consumed", "work_order/WO-2", 2),
        link("lot/BAR-1", "set_aside", "work_order/WO-3", 4),
        link("work_order/WO-1", "made", "lot/S-1", 9),
        link("lot/S-1", "shipped", "order/O-1", 3),
        link("lot/S-1", "set_aside", "order/O-2", 2),
        link("order/O-1", "sold", "customer/C-1", 3),
        link("order/O-2", "sold", "customer/C-1", 2),
    ],
};

describe("the recall list of a suspect lot", () => {
    const recall = recallOf(bar);

    it("names every place in the plant where something of it is, and what is being made of it", () => {
        expect(recall.inPlant.map((i) => [i.entity, i.place, i.quantity])).toEqual([
            ["lot/BAR-1", "RAW", 3],
            ["lot/BAR-1", "LINE", 1],
            ["work_order/WO-2", "LATHE-1", 6],
            ["lot/S-1", "FG", 6],
        ]);
    });

    it("names who got how much of which lot with which order", () => {
        expect(recall.shipped).toMatchObject([{ customer: "customer/C-1", customerName: "Acme", order: "order/O-1", lot: "lot/S-1", quantity: 3, at: "2026-11-16T05:00:00Z" }]);
    });

    it("names the orders that are about to get it, and what was thrown away", () => {
        expect(recall.heldBack).toMatchObject([{ order: "order/O-2", customerName: "Acme", lot: "lot/S-1", quantity: 2 }]);
        expect(recall.scrapped).toMatchObject([{ lot: "lot/BAR-1", quantity: 1, how: "scrapped" }]);
    });

    it("blocks what is not blocked yet, each lot once", () => expect(lotsToBlock(recall)).toEqual(["lot/BAR-1"]));

    it("says when there is more than was traced", () => expect(recallOf({ ...bar, truncated: true }).truncated).toBe(true));
});

describe("the graph of a genealogy", () => {
    const layout = layOut(bar.nodes, bar.links);
    const column = (entity: string): number => layout.placed.find((p) => p.node.entity === entity)!.column;

    it("lets material flow to the right, whatever was reached first", () => {
        for (const l of layout.lines) expect(column(l.from)).toBeLessThan(column(l.to));
        // a lot that goes into the end product both at once and through a part stands left of both
        const both = layOut(
            ["order/O", "lot/A", "work_order/W", "lot/B", "work_order/V"].map((e) => node(e)),
            [link("lot/A", "shipped", "order/O"), link("work_order/W", "made", "lot/A"), link("lot/B", "consumed", "work_order/W"), link("work_order/V", "made", "lot/B"), link("lot/B", "consumed", "work_order/V")],
        );
        expect(both.placed).toHaveLength(5); // and a circle ends
    });

    it("gives each box a place of its own", () => {
        const places = layout.placed.map((p) => `${p.column} ${p.row}`);
        expect(new Set(places).size).toBe(places.length);
        for (const p of layout.placed) {
            expect(p.row).toBeGreaterThanOrEqual(0);
            expect(p.row).toBeLessThanOrEqual(layout.rows - 1);
        }
    });

    it("puts what went into the same thing into one column, however long its own way was", () => {
        const nodes = ["order/O", "lot/A", "lot/B", "work_order/W", "lot/C"].map((e) => node(e));
        const links = [link("lot/A", "shipped", "order/O"), link("lot/B", "shipped", "order/O"), link("work_order/W", "made", "lot/B"), link("lot/C", "consumed", "work_order/W"), link("work_order/V", "made", "lot/A")];
        const of = layOut([...nodes, node("work_order/V")], links, "order/O").placed;
        const at = (entity: string): number => of.find((p) => p.node.entity === entity)!.column;
        expect([at("lot/C"), at("work_order/W"), at("work_order/V"), at("lot/A"), at("lot/B"), at("order/O")]).toEqual([0, 1, 1, 2, 2, 3]);
    });

    it("draws links between the same two as one line", () => {
        const twice = layOut([node("machine/M"), node("work_order/W")], [link("machine/M", "run", "work_order/W", 3), link("machine/M", "run", "work_order/W", 4)]);
        expect(twice.lines).toHaveLength(1);
        expect(twice.lines[0]!.links).toHaveLength(2);
    });

    it("lights what a box came from and what became of it, and not its siblings", () => {
        expect(kinOf("lot/S-1", layout.lines)).toEqual(new Set(["lot/S-1", "work_order/WO-1", "lot/BAR-1", "order/O-1", "order/O-2", "customer/C-1"]));
    });

    it("is links that a keyboard reaches, each with its kind, amount and state in words", async () => {
        const router = createRouter({ history: createMemoryHistory(), routes: [{ path: "/:rest(.*)*", component: { template: "<p/>" } }] });
        const graph = mount(TraceGraph, { props: { root: "lot/BAR-1", nodes: bar.nodes, links: bar.links, units: new Map([["BAR", "m"]]) }, global: { plugins: [router] } });
        const boxes = graph.findAll("a");
        expect(boxes).toHaveLength(bar.nodes.length);
        expect(boxes[0]!.attributes("href")).toMatch(/^\/trace\/|^\/history\//);
        const first = graph.find('a[href="/trace/lot/BAR-1"]');
        expect(first.attributes("aria-label")).toContain("10 m BAR");
        await first.trigger("focus");
        expect(graph.findAll("a.dim").length).toBe(0); // all of it came of this lot
        await graph.find('a[href="/trace/work_order/WO-2"]').trigger("focus");
        expect(graph.findAll("a.dim").length).toBe(bar.nodes.length - 2);
    });
});

describe("the table of a genealogy", () => {
    it("says of which item an amount is, and becomes a CSV that spreadsheets read", () => {
        const rows = rowsOf(bar.nodes, bar.links);
        expect(rows[0]).toMatchObject({ from: "lot/BAR-1", item: "BAR", quantity: 3 });
        expect(rows[3]).toMatchObject({ kind: "made", item: "SHAFT", quantity: 9 });
        const csv = toCsv(csvHead, rows.map(csvRow));
        expect(csv.split("\r\n")[0]).toBe("from,relation,to,quantity,scrap,item,operation,at,until");
        expect(csv.split("\r\n")[1]).toBe("lot/BAR-1,consumed,work_order/WO-1,3,0,BAR,,,");
    });

    it("quotes what holds a comma, a quote or a new line", () => expect(toCsv(["a"], [['x,"y"'], ["p\nq"], [undefined]])).toBe('a\r\n"x,""y"""\r\n"p\nq"\r\n\r\n'));
});

it("a trace leads on to traces where there are some, and to a page or the history elsewhere", () => {
    expect(traceRoute("order/O-1")).toBe("/trace/order/O-1");
    expect(traceRoute("customer/C-1")).toBe("/history/customer/C-1");
    expect(pageRoute("order/O-1")).toBe("/orders/O-1");
    expect(pageRoute("machine/H-301")).toBe("/machines/H-301");
    expect(pageRoute("lot/L-1")).toContain("/stock?view=lots");
});
