import { language } from "./i18n/language";

/** How a state looks: its colour, and a shape for those who do not see the colour. */
export type Tone = "good" | "busy" | "warn" | "bad" | "off";
export type Shape = "dot" | "ring" | "play" | "pause" | "triangle" | "diamond" | "check" | "cross" | "clock" | "wrench" | "bell" | "box";

interface Term {
    en: string;
    zh: string;
    tone: Tone;
    shape: Shape;
}

const t = (en: string, zh: string, tone: Tone = "off", shape: Shape = "dot"): Term => ({ en, zh, tone, shape });

/** The words of the API that people read, by what they are a word of. Terms as in docs/glossary.md. */
const terms: Record<string, Record<string, Term>> = {
    packml: {
        undefined: t("Unknown", "未知", "off", "ring"),
        clearing: t("Clearing", "清除中", "busy", "clock"),
        stopped: t("Stopped", "已停止", "warn", "box"),
        starting: t("Starting", "启动中", "busy", "clock"),
        idle: t("Idle", "空闲", "off", "ring"),
        suspended: t("Suspended", "挂起", "warn", "pause"),
        execute: t("Running", "运行", "good", "play"),
        stopping: t("Stopping", "停止中", "warn", "clock"),
        aborting: t("Aborting", "急停中", "bad", "clock"),
        aborted: t("Aborted", "已急停", "bad", "diamond"),
        holding: t("Holding", "保持中", "warn", "clock"),
        held: t("Held", "保持", "warn", "pause"),
        unholding: t("Unholding", "解除保持", "busy", "clock"),
        suspending: t("Suspending", "挂起中", "warn", "clock"),
        unsuspending: t("Unsuspending", "解除挂起", "busy", "clock"),
        resetting: t("Resetting", "复位中", "busy", "clock"),
        completing: t("Completing", "完成中", "busy", "clock"),
        complete: t("Complete", "完成", "good", "check"),
        // what the console adds to PackML's states
        setup: t("Set-up", "换型", "busy", "wrench"),
        down: t("Down", "故障", "bad", "diamond"),
        blocked: t("Blocked", "封锁", "warn", "box"),
    },
    order: {
        none: t("None", "无", "off", "ring"),
        reserved: t("Reserved", "预留", "off", "clock"),
        open: t("Open", "进行中", "busy", "dot"),
        allocated: t("Allocated", "已配货", "busy", "box"),
        partially_shipped: t("Partly shipped", "部分发货", "busy", "dot"),
        shipped: t("Shipped", "已发货", "good", "check"),
        cancelled: t("Cancelled", "已取消", "off", "cross"),
        rejected: t("Rejected", "已拒绝", "bad", "cross"),
    },
    work_order: {
        none: t("None", "无", "off", "ring"),
        waiting_material: t("Waits for material", "待料", "warn", "clock"),
        released: t("Released", "已下达", "busy", "dot"),
        staged: t("Kit staged", "已齐套", "busy", "box"),
        in_progress: t("In progress", "生产中", "good", "play"),
        completed: t("Completed", "已完工", "good", "check"),
        cancelled: t("Cancelled", "已取消", "off", "cross"),
        held: t("Held", "暂停", "warn", "pause"),
    },
    operation: {
        waiting: t("Waiting", "等待", "off", "ring"),
        ready: t("Ready", "就绪", "off", "dot"),
        dispatched: t("Dispatched", "已派工", "busy", "dot"),
        setup: t("Set-up", "换型", "busy", "wrench"),
        running: t("Running", "加工中", "good", "play"),
        inspecting: t("Inspecting", "检验中", "busy", "clock"),
        done: t("Done", "完成", "good", "check"),
    },
    lot: {
        inspection: t("In inspection", "待检", "warn", "clock"),
        unrestricted: t("Free", "可用", "good", "check"),
        blocked: t("Blocked", "冻结", "bad", "box"),
    },
    purchase_order: {
        none: t("None", "无", "off", "ring"),
        open: t("Open", "已下单", "busy", "ring"),
        confirmed: t("Confirmed", "已确认", "busy", "dot"),
        partially_received: t("Partly received", "部分到货", "busy", "dot"),
        received: t("Received", "已到货", "good", "check"),
        closed_short: t("Closed short", "短交关闭", "warn", "cross"),
    },
    case: {
        none: t("None", "无", "off", "ring"),
        open: t("Open", "未关闭", "bad", "diamond"),
        closed: t("Closed", "已关闭", "good", "check"),
    },
    stage: {
        detect: t("Detected", "发现", "bad", "diamond"),
        contain: t("Contain", "遏制", "warn", "box"),
        correct: t("Correct", "纠正", "busy", "wrench"),
        verify: t("Verify", "验证", "busy", "clock"),
        over: t("Over", "结束", "good", "check"),
    },
    step: {
        waiting: t("Waiting", "等待", "off", "ring"),
        approval: t("Needs a decision", "待批准", "warn", "bell"),
        begun: t("Under way", "进行中", "busy", "play"),
        done: t("Done", "完成", "good", "check"),
        skipped: t("Left out", "跳过", "off", "cross"),
    },
    step_kind: {
        contain_machine: t("Contain the machine", "遏制设备"),
        quarantine: t("Quarantine pieces", "隔离在制品"),
        maintain: t("Maintain", "维修"),
        verify: t("Verify", "验证"),
    },
    severity: {
        info: t("Info", "提示", "off", "ring"),
        warning: t("Warning", "警告", "warn", "triangle"),
        critical: t("Critical", "严重", "bad", "diamond"),
    },
    alarm: {
        normal: t("Normal", "正常", "good", "check"),
        unacknowledged: t("Unacknowledged", "未确认", "bad", "bell"),
        acknowledged: t("Acknowledged", "已确认", "warn", "triangle"),
        returned_unacknowledged: t("Returned, unacknowledged", "已恢复未确认", "warn", "bell"),
        latched_unacknowledged: t("Latched, unacknowledged", "锁存未确认", "bad", "bell"),
        latched_acknowledged: t("Latched", "锁存已确认", "warn", "triangle"),
        shelved: t("Shelved", "搁置", "off", "clock"),
        suppressed: t("Suppressed", "抑制", "off", "cross"),
        out_of_service: t("Out of service", "停用", "off", "wrench"),
    },
    alarm_priority: {
        low: t("Low", "低", "off", "ring"),
        medium: t("Medium", "中", "warn", "triangle"),
        high: t("High", "高", "bad", "diamond"),
        critical: t("Critical", "紧急", "bad", "diamond"),
    },
    maintenance_order: {
        none: t("None", "无", "off", "ring"),
        waiting: t("Waits for a technician", "待派", "warn", "clock"),
        assigned: t("Assigned", "已指派", "busy", "dot"),
        in_progress: t("In progress", "维修中", "busy", "wrench"),
        done: t("Done", "完成", "good", "check"),
        cancelled: t("Cancelled", "已取消", "off", "cross"),
    },
    late: {
        late: t("Late", "延误", "bad", "diamond"),
        at_risk: t("At risk", "有风险", "warn", "triangle"),
        on_time: t("On time", "准时", "good", "check"),
    },
};

/** The name of a kind of entity. */
const kinds: Record<string, readonly [string, string]> = {
    order: ["Order", "订单"],
    work_order: ["Work order", "工单"],
    machine: ["Machine", "机台"],
    operator: ["Operator", "操作员"],
    material: ["Material", "物料"],
    product: ["Product", "产品"],
    lot: ["Lot", "批次"],
    bin: ["Bin", "库位"],
    supplier: ["Supplier", "供应商"],
    purchase_order: ["Purchase order", "采购订单"],
    inspection: ["Inspection", "检验"],
    customer: ["Customer", "客户"],
    anomaly: ["Case", "异常"],
    alarm: ["Alarm", "报警"],
    asset: ["Asset", "设备台账"],
    meter: ["Meter", "电表"],
    maintenance_order: ["Maintenance order", "维修工单"],
    schedule: ["Schedule", "排程"],
    playbook: ["Playbook", "处置预案"],
    roster: ["Roster", "班组"],
    dead_letter: ["Dead letter", "死信"],
};

export const kindName = (kind: string): string => kinds[kind]?.[language.value === "zh" ? 1 : 0] ?? humanised(kind);

/** What machines measure; the unit is the last word of a tag. */
const tags: Record<string, readonly [string, string]> = {
    pieces_total: ["Pieces in total", "累计产量"],
    power_kw: ["Power, kW", "功率 kW"],
    spindle_temperature_celsius: ["Spindle temperature, °C", "主轴温度 ℃"],
    temperature_celsius: ["Temperature, °C", "温度 ℃"],
    vibration_mm_per_s: ["Vibration, mm/s", "振动 mm/s"],
    noise_db: ["Noise, dB", "噪声 dB"],
    oil_celsius: ["Oil, °C", "油温 ℃"],
};

export const tagName = (tag: string): string => tags[tag]?.[language.value === "zh" ? 1 : 0] ?? humanised(tag);

/** "job_completed" → "Job completed": what has no word of its own is shown as it is called. */
export function humanised(word: string): string {
    const text = word.replace(/[_.]/g, " ").trim();
    return text.charAt(0).toUpperCase() + text.slice(1);
}

export interface Shown {
    text: string;
    tone: Tone;
    shape: Shape;
}

export function termOf(of: string, word: string): Shown {
    const term = terms[of]?.[word];
    if (!term) return { text: humanised(word), tone: "off", shape: "dot" };
    return { text: language.value === "zh" ? term.zh : term.en, tone: term.tone, shape: term.shape };
}

export const term = (of: string, word: string): string => termOf(of, word).text;
export const wordsOf = (of: string): string[] => Object.keys(terms[of] ?? {});

/** Where an entity has a page; one that has none of its own shows its history. */
export function routeOf(entity: string): string {
    const slash = entity.indexOf("/");
    const kind = entity.slice(0, slash);
    const key = encodeURIComponent(entity.slice(slash + 1));
    if (kind === "order") return `/orders/${key}`;
    if (kind === "machine") return `/machines/${key}`;
    if (kind === "anomaly") return `/cases/${key}`;
    if (["lot", "work_order", "supplier", "purchase_order"].includes(kind)) return `/trace/${kind}/${key}`;
    return `/history/${kind}/${key}`;
}
