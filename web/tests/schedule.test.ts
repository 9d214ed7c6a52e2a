import { describe, expect, it } from "vitest";
import type { Peg } from "@/api/types";
import { type Board, type BoardOperation, firstSeen, gapsOf, latenessOf, layLanes, longestOf, ordersBehind, rowsOf, type Bar } from "@/pages/schedule/model";
import { timeAt, xOf, zoomed, snap } from "@/pages/schedule/view";

const hour = 3_600_000;
const noon = Date.UTC(2026, 0, 5, 12);
const at = (hours: number): string => new Date(noon + hours * hour).toISOString();
const operation = (key: string, machine: string, from: number, to: number, more: Partial<BoardOperation> = {}): BoardOperation => ({ operation: key, status: "waiting", quantity: 5, setup_family: "", machine, person: "O-1", start: at(from), setup_end: at(from), end: at(to), unplanned: "", modes: [machine], ...more });
const board = (): Board => ({
    number: 3,
    revision: 9,
    now: at(0),
    planned_at: at(0),
    frozen_until: at(1),
    replan_cause: "",
    calendars: [{ shifts: ["day"], working: [{ from: at(0), to: at(4) }, { from: at(20), to: at(28) }] }],
    machines: [
        { machine: "M-2", work_center: "milling", capacity: 1, shifts: ["day"], up: true, downtimes: [] },
        { machine: "L-10", work_center: "turning", capacity: 1, shifts: ["day"], up: false, down_until: at(3), downtimes: [] },
        { machine: "L-9", work_center: "turning", capacity: 1, shifts: ["day"], up: true, downtimes: [] },
    ],
    people: [],
    jobs: [
        { work_order: "WO-1", item: "SHAFT", due: at(3), priority: 5, held: false, operations: [operation("10", "L-9", 1, 2), operation("20", "M-2", 2, 5)] },
        { work_order: "WO-2", item: "BOLT", due: at(9), priority: 5, held: false, operations: [operation("10", "L-9", 2, 3, { status: "running" })] },
    ],
});
const everything = { search: "", line: "", product: "", customer: "", late: false };
const pegs: Peg[] = [
    { demand: "work_order/WO-9", supply: "work_order/WO-1", item: "SHAFT", quantity: 2, priority: 5, need_by: at(9) },
    { demand: "order/SO-1", supply: "work_order/WO-9", item: "GEAR", quantity: 1, priority: 5, need_by: at(9) },
    { demand: "order/SO-2", supply: "work_order/WO-9", item: "GEAR", quantity: 1, priority: 5, need_by: at(9) },
];

describe("the rows of the chart", () => {
    it("are machines by work centre, in the order in which people count", () => {
        const rows = rowsOf(board(), "machine", everything, new Map(), new Map());
        expect(rows.map((r) => r.key)).toEqual(["M-2", "L-9", "L-10"]);
        expect(rows.map((r) => r.first)).toEqual([true, true, false]);
        expect(rows[1]!.bars.map((b) => b.id)).toEqual(["WO-1/10", "WO-2/10"]);
    });

    it("are shaded where nobody works, and where a machine is down", () => {
        const rows = rowsOf(board(), "machine", everything, new Map(), new Map());
        expect(rows[0]!.off).toContainEqual({ from: noon + 4 * hour, to: noon + 20 * hour });
        expect(rows[2]!.down).toEqual([{ from: noon, to: noon + 3 * hour, why: "down" }]);
    });

    it("are those of the filter alone", () => {
        const rows = (filter: object) => rowsOf(board(), "machine", { ...everything, ...filter }, new Map(), new Map()).map((r) => r.key);
        expect(rows({ search: "wo-2" })).toEqual(["L-9"]);
        expect(rows({ line: "milling" })).toEqual(["M-2"]);
        expect(rows({ product: "BOLT" })).toEqual(["L-9"]);
    });

    it("are red only where a customer gets something late", () => {
        const orders = ordersBehind(pegs);
        const of = (late: boolean) => rowsOf(board(), "order", everything, orders, new Map([["SO-1", { customer: "C-1", late }]])).find((r) => r.key === "WO-1")!.bars[0]!;
        expect(of(true)).toMatchObject({ late: 2 * hour, behind: 0, customers: ["C-1"] });
        expect(of(false)).toMatchObject({ late: 0, behind: 2 * hour });
    });

    it("let only what is not begun be moved", () => {
        const rows = rowsOf(board(), "machine", everything, new Map(), new Map());
        expect(rows[1]!.bars.map((b) => b.moveable)).toEqual([true, false]);
    });
});

describe("the plan", () => {
    it("is late by its last operation", () => {
        expect(board().jobs.map(latenessOf)).toEqual([2 * hour, 0]);
    });

    it("serves customers over all levels of the bill of material", () => {
        expect(ordersBehind(pegs).get("WO-1")).toEqual(["SO-1", "SO-2"]);
    });

    it("does not run in circles where demands do", () => {
        const circle: Peg[] = [
            { demand: "work_order/A", supply: "work_order/B", item: "x", quantity: 1, priority: 5, need_by: at(1) },
            { demand: "work_order/B", supply: "work_order/A", item: "x", quantity: 1, priority: 5, need_by: at(1) },
        ];
        expect(ordersBehind(circle).get("A")).toEqual([]);
    });

    it("has gaps between shifts, and none where somebody always works", () => {
        expect(gapsOf([], 0, 10)).toEqual([]);
        expect(gapsOf([{ from: at(1), to: at(2) }], noon, noon + 3 * hour)).toEqual([{ from: noon, to: noon + hour }, { from: noon + 2 * hour, to: noon + 3 * hour }]);
    });
});

describe("bars", () => {
    const bar = (start: number, end: number): Bar => ({ start, end, lane: 0 }) as Bar;

    it("that lie over each other get lanes, and no more than they need", () => {
        const bars = [bar(0, 10), bar(2, 6), bar(6, 9), bar(12, 14)];
        expect(layLanes(bars)).toBe(2);
        expect(bars.map((b) => b.lane)).toEqual([0, 1, 1, 0]);
    });

    it("are found from a time on, also one that began long before", () => {
        const bars = [bar(0, 100), bar(10, 20), bar(30, 40), bar(50, 60)];
        const longest = longestOf([{ bars }] as never);
        expect(firstSeen(bars, 45, longest)).toBe(0);
        expect(firstSeen(bars, 145, longest)).toBe(3);
    });
});

describe("the view", () => {
    const view = { from: noon, perPixel: 60_000, top: 0 };

    it("keeps what is under the pointer where it is while zooming", () => {
        const before = timeAt(view, 500);
        expect(timeAt(zoomed(view, 0.5, 500), 500)).toBeCloseTo(before, -1);
        expect(xOf(view, before)).toBeCloseTo(500);
    });

    it("snaps to five minutes", () => {
        expect(snap(noon + 7 * 60_000)).toBe(noon + 5 * 60_000);
        expect(snap(noon + 8 * 60_000)).toBe(noon + 10 * 60_000);
    });
});
