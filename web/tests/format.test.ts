import { beforeEach, describe, expect, it } from "vitest";
import { language } from "@/i18n/language";
import { duration, fromField, moment, toField, zone, zoneName } from "@/time/format";

describe("times of the plant", () => {
    beforeEach(() => {
        zone.value = "Europe/Berlin";
        language.value = "en";
    });

    it("are shown in the plant's zone", () => {
        expect(moment("2026-11-16T05:04:30Z")).toBe("16 Nov 06:04");
        language.value = "zh";
        expect(moment("2026-11-16T05:04:30Z")).toBe("11-16 06:04");
        zone.value = "Asia/Shanghai";
        expect(moment("2026-11-16T05:04:30Z")).toBe("11-16 13:04");
    });

    it("name the zone as it is at that time of the year", () => {
        expect(zoneName("2026-01-16T05:04:30Z")).toBe("CET");
        expect(zoneName("2026-07-16T05:04:30Z")).toBe("CEST");
    });

    it("come back from a field as they went in, also around the change of the clocks", () => {
        for (const time of ["2026-03-29T00:30:00Z", "2026-03-29T01:30:00Z", "2026-10-25T02:30:00Z", "2026-11-16T05:04:00Z"]) {
            expect(new Date(fromField(toField(time))).toISOString()).toBe(new Date(time).toISOString());
        }
    });

    it("are a dash when there is none", () => {
        expect(moment(undefined)).toBe("–");
        expect(moment("soon")).toBe("–");
    });
});

describe("durations", () => {
    beforeEach(() => (language.value = "en"));
    it.each([
        [40_000, "40 s"],
        [720_000, "12 min"],
        [7_500_000, "2 h 5 min"],
        [273_600_000, "3 d 4 h"],
        [-720_000, "−12 min"],
        [172_799_000, "2 d"],
    ])("of %i ms are said as %s", (ms, text) => expect(duration(ms)).toBe(text));
});
