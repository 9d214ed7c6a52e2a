import { mount } from "@vue/test-utils";
import { beforeEach, describe, expect, it } from "vitest";
import { nextTick, ref, shallowRef } from "vue";
import { Problem } from "@/api/problem";
import Await from "@/components/Await.vue";
import DataTable from "@/components/DataTable.vue";
import StateBadge from "@/components/StateBadge.vue";
import { sentenceOf } from "@/components/why";
import { describeEvent } from "@/events";
import { fill, language } from "@/i18n/language";
import { termOf } from "@/terms";

beforeEach(() => (language.value = "en"));

describe("a state", () => {
    it("has a word and a shape beside its colour, in both languages", async () => {
        const badge = mount(StateBadge, { props: { of: "packml", state: "down" } });
        expect(badge.text()).toBe("Down");
        expect(badge.find("svg").exists()).toBe(true);
        language.value = "zh";
        await nextTick();
        expect(badge.text()).toBe("故障");
    });

    it("that the console does not know is shown as it is called", () => {
        expect(termOf("order", "put_on_a_shelf")).toEqual({ text: "Put on a shelf", tone: "off", shape: "dot" });
    });
});

describe("what waits for data", () => {
    const resource = (data?: unknown, error?: Problem) => ({ data: shallowRef(data), error: shallowRef(error), loading: ref(!data), refresh: async () => {} });
    const shown = (of: ReturnType<typeof resource>, props = {}) => mount(Await, { props: { of, ...props } as never, slots: { default: "the data" } }).text();

    it("says that it loads, that there is nothing, what went wrong, or shows the data", () => {
        expect(shown(resource())).toBe("Loading…");
        expect(shown(resource([]), { empty: true, nothing: "No order" })).toBe("No order");
        expect(shown(resource(undefined, new Problem(422, "invalid", "#/due is missing")))).toContain("#/due is missing");
        expect(shown(resource([1]))).toBe("the data");
    });

    it("goes on showing data that it has while the node is away", () => {
        expect(shown(resource([1], new Problem(0, "unreachable", "")))).toBe("the data");
    });
});

describe("a table", () => {
    const rows = Array.from({ length: 10_000 }, (_, i) => ({ key: `K-${i}`, n: (i * 7919) % 10_000 }));
    const columns = [
        { key: "key", label: "Key", text: (r: (typeof rows)[0]) => r.key },
        { key: "n", label: "N", text: (r: (typeof rows)[0]) => r.n },
    ];

    it("draws only the rows that are seen, and says how many there are", () => {
        const table = mount(DataTable as never, { props: { rows, columns, rowKey: (r: (typeof rows)[0]) => r.key, label: "Things" } as never });
        expect(table.findAll("tr.data").length).toBeLessThan(60);
        expect(table.find("table").attributes("aria-rowcount")).toBe("10001");
    });

    it("sorts by numbers as numbers, up and down", async () => {
        const table = mount(DataTable as never, { props: { rows, columns, rowKey: (r: (typeof rows)[0]) => r.key, label: "Things" } as never });
        const head = table.findAll("th button")[1]!;
        await head.trigger("click");
        expect(table.find("tr.data").text()).toContain("0");
        expect(table.findAll("th")[1]!.attributes("aria-sort")).toBe("ascending");
        await head.trigger("click");
        expect(table.find("tr.data td:last-child").text()).toBe("9999");
    });
});

describe("sentences", () => {
    it("of reasons are those of the node in English, and made of its words in Chinese", () => {
        const step = { entity: "work_order/WO-7", operation: "20", kind: "machine", subject: "M-104", until: "2026-01-05T10:00:00Z", length_ms: 0, says: "machine M-104 does WO-3/10, priority 5 until 2026-01-05T10:00Z" };
        expect(sentenceOf(step)).toContain("machine M-104 does WO-3/10");
        language.value = "zh";
        expect(sentenceOf(step)).toContain("机台 M-104 正加工 WO-3/10");
    });

    it("of events have their members in their places, and no dot after nothing", () => {
        expect(describeEvent("order", "cancelled", { reason: "" }).text).toBe("Cancelled");
        expect(describeEvent("machine", "job_completed", { job: { work_order: "WO-1", operation: "10" }, good: 5, scrap: 1 }).text).toBe("Completed WO-1/10: 5 good, 1 scrap");
        language.value = "zh";
        expect(describeEvent("machine", "went_down", { reason: "chuck" }).text).toBe("故障：chuck");
    });

    it("keep a place that nobody fills", () => {
        expect(fill("{n} of {m}", { n: 3 })).toBe("3 of {m}");
    });
});
