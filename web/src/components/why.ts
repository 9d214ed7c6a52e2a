import type { WhyStep } from "@/api/types";
import { language, words } from "@/i18n/language";
import { duration, moment } from "@/time/format";

/** The node explains in English; what its reasons are is data, so Chinese sentences are made of that here. */
const t = words({
    predecessor: ["", "等待 {other}{until}"],
    machine: ["", "机台 {subject} 正加工 {other}{until}"],
    operator: ["", "操作员 {subject} 忙于 {other}{until}"],
    tool: ["", "工装 {subject} 被占用{until}"],
    batch: ["", "等待同炉批次"],
    material: ["", "{subject} 缺料{until}"],
    calendar: ["", "{subject} 非班次时间{until}"],
    machine_down: ["", "机台 {subject} 故障{until}"],
    release: ["", "物料齐套时间为 {at}"],
    earliest: ["", "最早可于 {at} 开始"],
    frozen: ["", "位于冻结区，{at}"],
    pinned: ["", "已锁定在 {at}"],
    setup: ["", "由 {subject} 换型，需 {length}"],
    running: ["", "正在加工"],
    now: ["", "无等待，可立即开始"],
    supply: ["", "等待 {subject} 供应{until}"],
    purchase: ["", "供应商 {subject} 交货{until}"],
    inspection: ["", "批次 {subject} 正在检验"],
    stock: ["", "{subject} 已备妥"],
});

/** "machine M-104 does WO-7/20 until …" in the language of now. */
export function sentenceOf(step: WhyStep): string {
    if (language.value === "en") return step.says.replace(/\d{4}-\d\d-\d\dT\d\d:\d\dZ/g, (time) => moment(time));
    const other = /does (\S+?)[, ]|waits for (\S+)/.exec(step.says);
    const said = t(step.kind as Parameters<typeof t>[0], {
        subject: step.subject,
        other: other?.[1] ?? other?.[2] ?? step.subject,
        until: step.until ? `，至 ${moment(step.until)}` : "",
        at: moment(step.until),
        length: duration(step.length_ms),
    });
    return said === step.kind ? step.says : said;
}
