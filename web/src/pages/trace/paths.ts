import { routeOf } from "@/terms";
import { traced } from "./types";

const parts = (entity: string): [kind: string, key: string] => [entity.slice(0, entity.indexOf("/")), entity.slice(entity.indexOf("/") + 1)];
const kinds: readonly string[] = traced;

/** The trace that begins at an entity, or what there is of one that none begins at. */
export function traceRoute(entity: string): string {
    const [kind, key] = parts(entity);
    return kinds.includes(kind) ? `/trace/${kind}/${encodeURIComponent(key)}` : routeOf(entity);
}

/** The page that is about the entity itself, if it has one. */
export function pageRoute(entity: string): string {
    const [kind, key] = parts(entity);
    const pick = encodeURIComponent(key);
    if (kind === "lot") return `/stock?view=lots&status=all&pick=${pick}`;
    if (kind === "purchase_order") return `/stock?view=purchases&status=all&pick=${pick}`;
    if (kind === "supplier") return `/stock?view=suppliers&q=${pick}`;
    if (kind === "work_order") return `/orders?view=work&status=all&q=${pick}`;
    return routeOf(entity);
}
