import type { Fact } from "./api/stream";
import { language } from "./i18n/language";
import { duration, moment, number } from "./time/format";
import { humanised, term, type Shape, type Tone } from "./terms";

/** What an event means to people: its words, and whether it is good, bad or of no account. */
interface Meaning {
    en: string;
    zh: string;
    tone?: Tone;
    shape?: Shape;
}

const m = (en: string, zh: string, tone?: Tone, shape?: Shape): Meaning => ({ en, zh, tone, shape });

/** By type; those that mean something else for one kind stand under "kind.type". */
const meanings: Record<string, Meaning> = {
    placed: m("Ordered", "下单", "busy"),
    reserved: m("Reserved", "预留", "busy"),
    confirmed: m("Confirmed", "已确认", "good"),
    reservation_expired: m("The reservation has expired", "预留已过期", "warn"),
    promised: m("Promised for {date}", "承诺交期 {date}", "busy", "clock"),
    allocated: m("{quantity} of lot {lot} set aside", "已分配批次 {lot} 共 {quantity}", "good"),
    withdrawn: m("{quantity} of lot {lot} taken back", "收回批次 {lot} 共 {quantity}", "warn"),
    relocated: m("Set aside stock moved to {to}", "已分配库存移至 {to}"),
    shipment_requested: m("Shipment {shipment} is being picked", "发货 {shipment} 拣货中", "busy"),
    shipped: m("{quantity} shipped", "已发货 {quantity}", "good", "check"),
    shipment_short: m("Shipment is short", "发货短缺", "warn"),
    fell_late: m("The due date has passed, {missing} missing", "已过交期，缺 {missing}", "bad", "diamond"),
    cancelled: m("Cancelled. {reason}", "已取消。{reason}", "warn", "cross"),
    rejected: m("Rejected. {reason}", "已拒绝。{reason}", "bad", "cross"),
    created: m("Created", "已创建", "busy"),
    "work_order.created": m("Work order over {quantity} {item}", "创建工单：{quantity} {item}", "busy"),
    component_promised: m("Component {item} expected {date}", "组件 {item} 预计 {date}"),
    component_unknown: m("Nobody knows component {item}", "未知组件 {item}", "bad"),
    released: m("Released: its kit is complete", "已下达：物料齐套", "good"),
    kit_broken: m("Its kit is no longer complete", "齐套被打破", "warn"),
    pick_confirmed: m("{quantity} of lot {lot} picked", "已拣批次 {lot} 共 {quantity}"),
    pick_declined: m("A pick could not be made", "拣货失败", "warn"),
    component_staged: m("Lot {lot} lies at the line", "批次 {lot} 已到线边"),
    kit_staged: m("Kit staged at the line", "物料已配送到线边", "good"),
    times_planned: m("Planned {start} to {end}", "计划 {start} 至 {end}"),
    operation_ready: m("Operation {operation} is ready", "工序 {operation} 就绪"),
    operation_dispatched: m("Operation {operation} sent to {machine}", "工序 {operation} 派至 {machine}", "busy"),
    operation_started: m("Operation {operation} is being set up", "工序 {operation} 换型中", "busy", "wrench"),
    operation_running: m("Operation {operation} runs", "工序 {operation} 开工", "good", "play"),
    components_consumed: m("Components used up", "物料已消耗"),
    operation_progressed: m("Operation {operation}: {good} good, {scrap} scrap", "工序 {operation}：良品 {good}，报废 {scrap}"),
    run_ended: m("Run of operation {operation} ended: {good} good, {scrap} scrap", "工序 {operation} 结束：良品 {good}，报废 {scrap}"),
    inspection_requested: m("Inspection asked for", "已请检", "busy"),
    inspection_taken: m("Inspected", "检验完成"),
    rework_added: m("Rework added", "新增返工", "warn"),
    pieces_scrapped: m("Pieces scrapped", "报废", "bad"),
    operation_done: m("Operation {operation} is done", "工序 {operation} 完成", "good", "check"),
    labour_booked: m("{labour_ms} of {person} booked", "记录 {person} 工时 {labour_ms}"),
    completed: m("Completed", "已完工", "good", "check"),
    held: m("Held. {reason}", "暂停。{reason}", "warn", "pause"),
    resumed: m("Goes on", "恢复", "good", "play"),
    prioritised: m("Priority {priority}", "优先级 {priority}"),
    quarantined: m("Quarantined", "已隔离", "bad", "box"),
    quarantine_lifted: m("Quarantine lifted", "解除隔离", "good"),
    // machines
    defined: m("Master data set", "主数据已设置"),
    dispatched: m("Gets {job}", "接收 {job}", "busy"),
    dispatch_declined: m("Declines {job}: {reason}", "拒绝 {job}：{reason}", "warn"),
    dispatch_repeated: m("Told again of {job}", "重发 {job}", "warn"),
    job_confirmed: m("Sets up for {job}", "{job} 换型", "busy", "wrench"),
    setup_done: m("Runs {job}", "{job} 开工", "good", "play"),
    progressed: m("{job}: {good} good, {scrap} scrap", "{job}：良品 {good}，报废 {scrap}"),
    job_completed: m("Completed {job}: {good} good, {scrap} scrap", "完成 {job}：良品 {good}，报废 {scrap}", "good", "check"),
    job_withdrawn: m("{job} withdrawn", "撤回 {job}", "warn"),
    state_changed: m("{from} → {to}. {reason}", "{from} → {to}。{reason}"),
    went_down: m("Broke down: {reason}", "故障：{reason}", "bad", "diamond"),
    came_up: m("Works again, after {down_ms}", "恢复运行，停机 {down_ms}", "good", "check"),
    next_noted: m("Knows what is next", "已获知后续任务"),
    alarm_raised: m("Alarm: {detection}", "报警：{detection}", "bad", "bell"),
    alarm_cleared: m("Alarm over: {recovery}", "报警解除：{recovery}", "good"),
    control_requested: m("Told to {order}. {reason}", "下发指令 {order}。{reason}", "busy"),
    control_confirmed: m("The controller has got the command", "控制器已收到指令"),
    control_done: m("Did {action}", "指令 {action} 完成", "good", "check"),
    control_failed: m("Did not do what it was told: {how}", "指令失败：{how}", "bad", "cross"),
    parameters_changed: m("Set-points changed", "参数已变更"),
    blocked: m("Blocked: {reason}", "封锁：{reason}", "warn", "box"),
    unblocked: m("Takes jobs again", "解除封锁", "good"),
    // cases
    opened: m("Opened", "开启", "bad", "diamond"),
    recurred: m("Came back: {type}", "再次出现：{type}", "bad"),
    symptom_cleared: m("Symptom gone: {type}", "征兆消失：{type}", "good"),
    acknowledged: m("Acknowledged by {by}", "{by} 已确认", "good"),
    commented: m("{by}: {text}", "{by}：{text}"),
    assigned: m("Assigned to {owner}", "指派给 {owner}"),
    playbook_taken: m("Playbook taken", "已套用预案"),
    step_begun: m("Step begun: {step}", "步骤开始：{step}", "busy"),
    step_ended: m("Step ended: {step}", "步骤结束：{step}", "good"),
    escalated: m("Escalated to {role}", "升级至 {role}", "warn"),
    closed: m("Closed. {cause}", "已关闭。{cause}", "good", "check"),
    maintenance_noted: m("Maintenance: {progress}", "维修：{progress}"),
    // lots, bins, purchase orders
    issued: m("{quantity} taken out", "出库 {quantity}"),
    moved: m("{quantity} moved to {to}", "{quantity} 移至 {to}"),
    adjusted: m("Count corrected by {difference}", "盘点调整 {difference}", "warn"),
    status_changed: m("Now {to}. {reason}", "状态变为 {to}。{reason}"),
    stored: m("{quantity} of lot {lot} put in", "入库批次 {lot} 共 {quantity}"),
    received: m("{quantity} received as lot {lot}", "到货 {quantity}，批次 {lot}", "good"),
    returned: m("Sent back", "退货", "warn"),
    // alarms
    raised: m("Raised: {detection}", "触发：{detection}", "bad", "bell"),
    cleared: m("Returned to normal", "恢复正常", "good"),
    shelved: m("Shelved by {by}: {reason}", "{by} 搁置：{reason}", "warn", "clock"),
    unshelved: m("Unshelved", "解除搁置"),
    // schedule
    planned: m("Plan {number}. {cause}", "计划 {number}。{cause}", "busy"),
    replan_needed: m("A new plan is needed: {cause}", "需要重排：{cause}"),
    operation_sent: m("{job} sent to {machine}", "{job} 派至 {machine}"),
    clocked_in: m("Came", "上班打卡", "good"),
    clocked_out: m("Left", "下班打卡"),
};

/** A member of an event as people read it. */
function shown(name: string, value: unknown): string {
    if (value === null || value === undefined) return "";
    if (typeof value === "number") return name.endsWith("_ms") ? duration(value) : number(value, 3);
    if (typeof value === "boolean") return value ? "✓" : "✗";
    if (typeof value === "string") {
        if (/^\d{4}-\d\d-\d\dT/.test(value)) return moment(value);
        if (name === "from" || name === "to") return term("packml", value) || humanised(value);
        return value;
    }
    if (typeof value !== "object") return String(value);
    const o = value as Record<string, unknown>;
    if (typeof o.work_order === "string") return `${o.work_order}/${String(o.operation)}`;
    if (typeof o.what === "string") return o.what;
    if (typeof o.action === "string") return o.action;
    if (typeof o.tag === "string") return o.tag;
    return "";
}

export interface EventWords {
    text: string;
    tone: Tone;
    shape: Shape;
}

export function describeEvent(kind: string, type: string, data: Record<string, unknown>): EventWords {
    const meaning = meanings[`${kind}.${type}`] ?? meanings[type];
    if (!meaning) return { text: humanised(type), tone: "off", shape: "dot" };
    const text = (language.value === "zh" ? meaning.zh : meaning.en)
        .replace(/\{(\w+)\}/g, (_, name: string) => shown(name, data[name]))
        .replace(/[.。]\s*$/, "")
        .trim();
    return { text, tone: meaning.tone ?? "off", shape: meaning.shape ?? "dot" };
}

/** "key/my-order" → "my-order": whoever sent a command, without the door it came through. */
export const senderOf = (by: string): string => by.replace(/^key\//, "").replace(/^console-.*/, "console");

export const eventOf = (fact: Fact): EventWords => describeEvent(fact.entity.slice(0, fact.entity.indexOf("/")), fact.type, fact.data);
