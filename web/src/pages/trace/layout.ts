import type { TraceLink, TraceNode } from "./types";

/** Where the boxes of a graph stand: the material flows from left to right, one column per step. */
export interface Placed {
    node: TraceNode;
    column: number;
    row: number; ///< in rows; a half where a column is centred between two
}

/** One line per pair of boxes, however many links there are between them. */
export interface Line {
    from: string;
    to: string;
    links: TraceLink[];
}

export interface Layout {
    placed: Placed[];
    lines: Line[];
    columns: number;
    rows: number;
}

function linesOf(links: readonly TraceLink[], known: ReadonlySet<string>): Line[] {
    const all = new Map<string, Line>();
    for (const link of links) {
        if (!known.has(link.from) || !known.has(link.to)) continue;
        const key = `${link.from} ${link.to}`;
        const line = all.get(key);
        if (line) line.links.push(link);
        else all.set(key, { from: link.from, to: link.to, links: [link] });
    }
    return [...all.values()];
}

/**
 * The longest way from anything that nothing is before, so that every line goes to the right. Material that came back
 * to where it was would go in a circle; such a line is not followed. What went into `root` then stands as far to the
 * right as it can, so that all that went into the same thing stands in one column.
 */
function columnsOf(nodes: readonly TraceNode[], lines: readonly Line[], root?: string): Map<string, number> {
    const before = new Map<string, string[]>(nodes.map((n) => [n.entity, []]));
    const after = new Map<string, string[]>(nodes.map((n) => [n.entity, []]));
    for (const l of lines) {
        before.get(l.to)!.push(l.from);
        after.get(l.from)!.push(l.to);
    }
    const column = new Map<string, number>();
    const open = new Set<string>();
    const place = (entity: string): number => {
        const known = column.get(entity);
        if (known !== undefined) return known;
        open.add(entity);
        const earlier = before.get(entity)!.filter((e) => !open.has(e));
        const at = earlier.length ? Math.max(...earlier.map(place)) + 1 : 0;
        open.delete(entity);
        column.set(entity, at);
        return at;
    };
    for (const n of nodes) place(n.entity);
    const earlier = root ? reachedFrom(root, lines, "to", "from") : new Set<string>();
    const fromTheRight = [...nodes].sort((a, b) => column.get(b.entity)! - column.get(a.entity)!);
    for (const { entity } of fromTheRight) {
        const next = after.get(entity)!.filter((e) => column.get(e)! > column.get(entity)!);
        const leads = earlier.has(entity) || before.get(entity)!.length === 0;
        if (leads && entity !== root && next.length > 0) column.set(entity, Math.min(...next.map((e) => column.get(e)!)) - 1);
    }
    return column;
}

/** Each column is sorted by where its neighbours stand, there and back a few times: fewer lines cross. */
function sortRows(columns: TraceNode[][], lines: readonly Line[]): Map<string, number> {
    const row = new Map<string, number>();
    for (const column of columns) column.forEach((n, i) => row.set(n.entity, i - column.length / 2));
    const neighbours = (side: "from" | "to"): Map<string, string[]> => {
        const all = new Map<string, string[]>();
        for (const l of lines) {
            const [of, other] = side === "from" ? [l.to, l.from] : [l.from, l.to];
            all.set(of, [...(all.get(of) ?? []), other]);
        }
        return all;
    };
    const sides = { from: neighbours("from"), to: neighbours("to") };
    const sweep = (column: TraceNode[], side: "from" | "to"): void => {
        const middle = new Map(
            column.map((n) => {
                const others = sides[side].get(n.entity) ?? [];
                return [n.entity, others.length ? others.reduce((sum, e) => sum + row.get(e)!, 0) / others.length : row.get(n.entity)!];
            }),
        );
        column.sort((a, b) => middle.get(a.entity)! - middle.get(b.entity)! || a.entity.localeCompare(b.entity, undefined, { numeric: true }));
        column.forEach((n, i) => row.set(n.entity, i - column.length / 2));
    };
    for (let pass = 0; pass < 4; ++pass) {
        for (const column of columns) sweep(column, "from");
        for (const column of [...columns].reverse()) sweep(column, "to");
    }
    return row;
}

export function layOut(nodes: readonly TraceNode[], links: readonly TraceLink[], root?: string): Layout {
    const lines = linesOf(links, new Set(nodes.map((n) => n.entity)));
    const at = columnsOf(nodes, lines, root);
    const used = [...new Set(at.values())].sort((a, b) => a - b);
    const columns = used.map((c) => nodes.filter((n) => at.get(n.entity) === c));
    const row = sortRows(columns, lines);
    const rows = Math.max(0, ...columns.map((c) => c.length));
    const placed = columns.flatMap((column, c) => column.map((node) => ({ node, column: c, row: row.get(node.entity)! + rows / 2 })));
    return { placed, lines, columns: columns.length, rows };
}

/** All that is before an entity (from its end "to" to their end "from"), or after it. */
function reachedFrom(entity: string, lines: readonly Line[], here: "from" | "to", there: "from" | "to"): Set<string> {
    const open = [entity];
    const seen = new Set(open);
    while (open.length > 0) {
        const at = open.pop()!;
        for (const l of lines) {
            if (l[here] !== at || seen.has(l[there])) continue;
            seen.add(l[there]);
            open.push(l[there]);
        }
    }
    return seen;
}

/** All that is before or after an entity along the lines: what is lit when it is pointed at. */
export const kinOf = (entity: string, lines: readonly Line[]): Set<string> => new Set([...reachedFrom(entity, lines, "to", "from"), ...reachedFrom(entity, lines, "from", "to")]);
