import { words } from "@/i18n/language";
import { humanised } from "@/terms";

const zones = words({
    receiving: ["Receiving", "收货区"],
    raw: ["Raw material", "原料库"],
    parts: ["Parts", "零件库"],
    line: ["At the line", "线边"],
    finished: ["Finished goods", "成品库"],
    quarantine: ["Quarantine", "隔离区"],
});

/** The name of a zone; plants have others of their own, which are shown as they are called. */
export function zoneName(zone: string): string {
    const name = (zones as (k: string) => string)(zone);
    return name === zone ? humanised(zone) : name;
}
