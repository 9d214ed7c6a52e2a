/** A member of a state, with what it was before the latest event. */
export interface Branch {
    name: string;
    path: string;
    value: unknown; ///< of a removed one: what it was
    before?: unknown;
    change: "same" | "changed" | "added" | "removed";
    children?: Branch[]; ///< of objects and lists
    touched: boolean; ///< it, or something below it, has changed
}

type Members = Record<string, unknown>;

const isObject = (value: unknown): value is Members => typeof value === "object" && value !== null && !Array.isArray(value);
const isTree = (value: unknown): value is Members | unknown[] => typeof value === "object" && value !== null;

/** What an entry of a list is known by, wherever it stands in it. */
const names = ["key", "run", "lot", "reference", "shipment", "number", "item", "tag", "work_order", "type", "at"];

/** The entries by a name that is each one's own; by their places if they have none. */
function named(list: readonly unknown[], other: readonly unknown[]): Members {
    const by = names.find((name) =>
        [list, other].every((entries) => {
            const all = entries.map((e) => (isObject(e) ? e[name] : undefined));
            return all.every((v) => typeof v === "string" || typeof v === "number") && new Set(all).size === all.length;
        }),
    );
    return Object.fromEntries(list.map((e, i) => [by ? String((e as Members)[by]) : String(i + 1), e]));
}

function membersOf(value: unknown, other: unknown): Members {
    if (Array.isArray(value)) return named(value, Array.isArray(other) ? other : []);
    return isObject(value) ? value : {};
}

function branch(name: string, path: string, before: unknown, after: unknown, isNew: boolean, isGone: boolean): Branch {
    const value = isGone ? before : after;
    if (isTree(value)) {
        const comparable = !isNew && !isGone && isTree(before) && Array.isArray(before) === Array.isArray(after);
        const children = comparable ? compared(before, after, path) : compared(isGone ? before : undefined, isGone ? undefined : after, path);
        const change = isNew ? "added" : isGone ? "removed" : comparable ? "same" : "changed";
        return { name, path, value, before: change === "changed" ? before : undefined, change, children, touched: change !== "same" || children.some((c) => c.touched) };
    }
    const change = isNew ? "added" : isGone ? "removed" : before === after ? "same" : "changed";
    return { name, path, value, before: change === "changed" ? before : undefined, change, touched: change !== "same" };
}

function compared(before: unknown, after: unknown, path: string): Branch[] {
    const was = membersOf(before, after);
    const is = membersOf(after, before);
    // What is gone stands where it stood.
    const order = Object.keys(is);
    Object.keys(was).forEach((name, i) => {
        if (!(name in is)) order.splice(Math.min(i, order.length), 0, name);
    });
    return order.map((name) => branch(name, path ? `${path}.${name}` : name, was[name], is[name], !(name in was), !(name in is)));
}

/** A state and the one before it as one tree. Without one before, nothing in it counts as new. */
export function changesOf(before: Members | undefined, after: Members, without: readonly string[] = []): Branch[] {
    const kept = (state: Members): Members => Object.fromEntries(Object.entries(state).filter(([name]) => !without.includes(name)));
    return compared(kept(before ?? after), kept(after), "");
}

/** The branches that have changed, and those above them. */
export function onlyTouched(all: readonly Branch[]): Branch[] {
    return all.filter((b) => b.touched).map((b) => (b.children && b.change === "same" ? { ...b, children: onlyTouched(b.children) } : b));
}

export const countChanged = (all: readonly Branch[]): number => all.reduce((n, b) => n + (b.change !== "same" ? 1 : b.children ? countChanged(b.children) : 0), 0);
