import { duration, moment, number } from "@/time/format";
import { t } from "./words";

/** A member's value as people read it. */
export function readable(name: string, value: unknown): string {
    if (value === null || value === undefined || value === "") return "–";
    if (typeof value === "boolean") return value ? "✓" : "✗";
    if (typeof value === "number") return name.endsWith("_ms") ? duration(value) : number(value, 4);
    if (typeof value === "string") return /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(value) ? moment(value, true) : value;
    const size = Object.keys(value).length;
    if (size === 0) return t("none");
    return t(Array.isArray(value) ? "entries" : "members", { n: size });
}

/** Members that hold the key of a kind, by their names. */
const kinds: Record<string, string> = {
    machine: "machine",
    work_order: "work_order",
    lot: "lot",
    order: "order",
    customer: "customer",
    supplier: "supplier",
    purchase_order: "purchase_order",
    product: "product",
    item: "material",
    person: "operator",
    bin: "bin",
    staging_bin: "bin",
    output_bin: "bin",
    receiving_bin: "bin",
    inspection: "inspection",
    asset: "asset",
    meter: "meter",
};

/** The entity that a member names: by a path, "machine/H-301", or by its key. */
export function entityIn(name: string, value: unknown): string | undefined {
    if (typeof value !== "string" || value === "") return undefined;
    if (/^[a-z_]+\/[A-Za-z0-9._:-]{1,80}$/.test(value)) return value.startsWith("key/") ? undefined : value;
    const kind = kinds[name];
    return kind && /^[A-Za-z0-9._:-]{1,80}$/.test(value) ? `${kind}/${value}` : undefined;
}
