import { language } from "@/i18n/language";
import { humanised, term, wordsOf } from "@/terms";

/** Members of states and events in Chinese; in English they are shown as they are called. */
const chinese: Record<string, string> = {
    action: "操作", adjusted: "盘点调整", alarms: "报警", allocated: "已分配", allocations: "分配明细", area: "区域", arrived: "已到", asset: "设备台账",
    at: "时间", available: "可用", batch: "批处理", bin: "库位", bins: "库位分布", blocked: "封锁", bom: "物料清单", breakdowns: "故障次数", by: "执行者",
    capacity: "产能", carrier: "承运商", cause: "原因", closed: "已关闭", complete: "完成", completed: "已完成", completed_at: "完工时间", components: "组件",
    confirmed: "已确认", confirmed_at: "确认时间", consumed: "已消耗", contents: "存放内容", control: "远程指令", counted: "实盘数量", created: "生成数量",
    created_at: "创建时间", customer: "客户", date: "日期", decided_at: "判定时间", defects: "缺陷数", definition: "主数据", definitions: "主数据版本数",
    demand: "需求", demand_count: "需求数", demands: "需求", detail: "说明", difference: "差异", dispatched_at: "派工时间", down_ms: "停机时间",
    down_since: "停机起始", due: "交期", ended: "结束时间", energy_kwh: "能耗（kWh）", expected: "预计", expected_late: "预计延误", expiry: "有效期",
    from: "自", good: "良品", held: "暂停", in_full: "足量", inspected: "已检数", inspected_by: "检验单", inspection: "检验", inspector: "检验员",
    is_defined: "已定义", issued: "已出库", item: "物料", job: "任务", jobs: "任务", key: "编号", labour_ms: "工时", late: "延误", limits: "限值", lines: "明细",
    lot: "批次", lots: "批次", low: "库存偏低", machine: "机台", machines: "机台", measurements: "测量值", missing: "缺口", name: "名称", need_by: "需求时间",
    needed: "需求量", next: "后续任务", number: "序号", on_hand: "现有", on_time: "准时", on_time_in_full: "准时足量", open: "未完成", operation: "工序",
    operations: "工序", order: "订单", orders: "订单数", origin: "来源", output_bin: "产出库位", owner: "负责人", parents: "上级批次", past: "最近任务",
    pegs: "供应关联", person: "操作员", phase: "阶段", picking: "拣货中", placed_at: "下单时间", plan: "计划", planned_end: "计划完工", planned_start: "计划开工",
    present: "在岗", priority: "优先级", problem: "问题", product: "产品", promised: "承诺交期", promises: "承诺历史", purpose: "用途", quantity: "数量",
    quarantine: "隔离", rated_power_kw: "额定功率（kW）", reason: "原因", received: "已到货", receiving_bin: "收货库位", recipe: "配方", reference: "单据",
    required: "需要量", reservations: "预留明细", reserved: "预留", returned: "已退货", returns: "退货次数", revision: "版本", rework: "返工", routing: "工艺路线",
    run: "任务号", run_good: "本次良品", run_ms: "加工时间", run_scrap: "本次报废", running_at: "开工时间", scrap: "报废", scrapped: "已报废", set_points: "设定值",
    setup_family: "换型族", setup_ms: "换型时间", severity: "严重度", shifts: "班次", shipment: "发货号", shipments: "发货次数", shipped: "已发货",
    shipped_at: "发货时间", since: "起始", skills: "技能", source: "来源", spec: "任务内容", stage: "阶段", staged: "线边库存", staging_bin: "线边库位", start: "开始",
    end: "结束", started: "开始时间", state: "状态", status: "状态", supplier: "供应商", supplier_lot: "供应商批号", supplies: "供应", supply: "供应", tag: "测点",
    to: "至", to_pick: "待拣", type: "类型", unit: "单位", up: "可用", uses: "去向", value: "数值", waits_for: "等待", work_center: "工作中心",
    work_order: "工单", zone: "库区",
};

/** A member's name; what has none of its own is shown as it is called. Keys of maps and lists are names of things. */
export function memberName(name: string): string {
    if (!/^[a-z][a-z0-9_]*$/.test(name)) return name;
    return (language.value === "zh" ? chinese[name] : undefined) ?? humanised(name);
}

const families: Record<string, string> = { packml: "packml", stage: "stage", severity: "severity" };

/** A state as it is called on the other pages: the `status` of a work order or of one of its operations. */
export function stateWord(kind: string, path: string, value: unknown): string | undefined {
    if (typeof value !== "string") return undefined;
    const name = path.slice(path.lastIndexOf(".") + 1);
    const family = name === "status" ? (kind === "work_order" && path.startsWith("operations.") ? "operation" : kind) : families[name];
    return family && wordsOf(family).includes(value) ? term(family, value) : undefined;
}
