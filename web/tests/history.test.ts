import { mount } from "@vue/test-utils";
import { beforeEach, describe, expect, it } from "vitest";
import { language } from "@/i18n/language";
import { changesOf, countChanged, onlyTouched, type Branch } from "@/pages/history/changes";
import { Moments } from "@/pages/history/moments";
import { entityIn, readable } from "@/pages/history/readable";
import StateTree from "@/pages/history/StateTree.vue";
import { zone } from "@/time/format";

const find = (all: readonly Branch[], path: string): Branch | undefined => {
    for (const b of all) {
        if (b.path === path) return b;
        const below = b.children && find(b.children, path);
        if (below) return below;
    }
    return undefined;
};

const before = { status: "released", good: 0, bins: { RAW: 10 }, operations: [{ key: "10", status: "ready" }, { key: "20", status: "waiting" }], held: false };
const after = { status: "in_progress", good: 0, bins: { RAW: 4, LINE: 6 }, operations: [{ key: "10", status: "running" }, { key: "15", status: "ready" }, { key: "20", status: "waiting" }] };

describe("a state beside the one before it", () => {
    const tree = changesOf(before, after);

    it("says what has changed and what it was", () => {
        expect(find(tree, "status")).toMatchObject({ change: "changed", before: "released", value: "in_progress" });
        expect(find(tree, "good")).toMatchObject({ change: "same", touched: false });
        expect(find(tree, "bins.RAW")).toMatchObject({ change: "changed", before: 10, value: 4 });
        expect(find(tree, "bins.LINE")).toMatchObject({ change: "added", value: 6 });
        expect(find(tree, "held")).toMatchObject({ change: "removed", value: false });
    });

    it("knows entries of a list by their names, wherever they stand", () => {
        expect(find(tree, "operations.10.status")).toMatchObject({ change: "changed", before: "ready" });
        expect(find(tree, "operations.15")).toMatchObject({ change: "added" });
        expect(find(tree, "operations.20")).toMatchObject({ change: "same", touched: false });
    });

    it("knows entries without names by their places", () => {
        const list = changesOf({ past: [{ a: 1 }, { a: 2 }] }, { past: [{ a: 1 }, { a: 3 }] });
        expect(find(list, "past.2.a")).toMatchObject({ change: "changed", before: 2, value: 3 });
        expect(find(list, "past.1")).toMatchObject({ touched: false });
    });

    it("leaves out what has not changed if it is asked to, and counts the rest", () => {
        const touched = onlyTouched(tree);
        expect(touched.map((b) => b.name).sort()).toEqual(["bins", "held", "operations", "status"]);
        expect(find(touched, "operations.20")).toBeUndefined();
        expect(countChanged(tree)).toBe(6);
    });

    it("has nothing new in it when there is none before to compare with", () => {
        expect(countChanged(changesOf(undefined, after))).toBe(0);
        expect(countChanged(changesOf({}, after))).toBeGreaterThan(0);
    });

    it("survives a member that turns from one thing into another", () => {
        const turned = changesOf({ a: [1], b: { x: 1 }, c: null }, { a: { x: 1 }, b: 2, c: { y: 1 } });
        for (const name of ["a", "b", "c"]) expect(find(turned, name)!.change).toBe("changed");
    });
});

describe("the tree of a state", () => {
    beforeEach(() => {
        zone.value = "UTC";
        language.value = "en";
    });

    it("opens what has changed, and shuts what has not", async () => {
        const more = { ...after, consumed: Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`L-${i}`, i])) };
        const tree = mount(StateTree, { props: { branches: changesOf({ ...before, consumed: more.consumed }, more) }, global: { stubs: { RouterLink: true } } });
        expect(tree.text()).toContain("released");
        expect(tree.find(".line.changed .word").text()).toBe("changed");
        expect(tree.text()).not.toContain("L-19");
        await tree.find('button[aria-label="Show Consumed"]').trigger("click");
        expect(tree.text()).toContain("L-19");
    });

    it("writes times, lengths of time and nothing as people do", () => {
        expect(readable("at", "2026-11-16T05:04:30.123Z")).toBe("16 Nov 05:04:30");
        expect(readable("setup_ms", 90_000)).toBe("2 min");
        expect(readable("reason", "")).toBe("–");
        expect(readable("bins", {})).toBe("none");
    });

    it("links what names an entity, and not what only looks like it", () => {
        expect(entityIn("by", "machine/H-301")).toBe("machine/H-301");
        expect(entityIn("item", "GR-40")).toBe("material/GR-40");
        expect(entityIn("reason", "spindle")).toBeUndefined();
        expect(entityIn("by", "key/console-1")).toBeUndefined();
    });
});

it("moments that were seen are not asked for again, and before the first there is none", async () => {
    const asked: number[] = [];
    const moments = new Moments("/api/v1/lot/L-1", async (_, { revision }) => {
        asked.push(revision);
        return { key: "L-1", entity_revision: revision };
    });
    expect(await moments.at(0)).toBeUndefined();
    expect((await moments.at(3))!.entity_revision).toBe(3);
    await moments.at(3);
    await moments.at(2);
    expect(asked).toEqual([3, 2]);
});
