import { asProblem, problemOf } from "./problem";
import { tokenHeader, tokenRejected } from "./token";

export type Query = Record<string, string | number | boolean | undefined | null>;

/** "/api/v1/orders?status=open": what is undefined, null or empty is left out. */
export function withQuery(path: string, query: Query = {}): string {
    const given = Object.entries(query).filter(([, v]) => v !== undefined && v !== null && v !== "");
    if (given.length === 0) return path;
    return `${path}?${new URLSearchParams(given.map(([k, v]) => [k, String(v)]))}`;
}

/** "/api/v1/work_orders/WO%201": a path of its parts. */
export function apiPath(...parts: string[]): string {
    return `/api/v1/${parts.map(encodeURIComponent).join("/")}`;
}

async function ask<T>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<T> {
    let response: Response;
    try {
        response = await fetch(path, {
            method,
            headers: {
                Accept: "application/json",
                ...(body === undefined ? {} : { "Content-Type": "application/json" }),
                ...tokenHeader(),
                ...headers,
            },
            body: body === undefined ? undefined : JSON.stringify(body),
        });
    } catch (error) {
        throw asProblem(error);
    }
    if (response.status === 401) tokenRejected();
    if (!response.ok) throw await problemOf(response);
    if (response.status === 204) return undefined as T;
    try {
        return (await response.json()) as T;
    } catch (error) {
        throw asProblem(error);
    }
}

export const get = <T>(path: string, query?: Query): Promise<T> => ask<T>("GET", withQuery(path, query));
export const post = <T>(path: string, body: unknown = {}, headers?: Record<string, string>): Promise<T> =>
    ask<T>("POST", path, body, headers);
export const remove = (path: string): Promise<void> => ask<void>("DELETE", path);

export interface Taken {
    entity_revision: number;
    key?: string;
    reply?: unknown;
}

/** Repeated by the browser or by an impatient finger, a command with the same key is done once. */
export const freshKey = (): string => `console-${crypto.randomUUID?.() ?? `${Date.now()}-${Math.random().toString(36).slice(2)}`}`;

/** Sends a command to an entity: `command("machines", "H-301", "control", { action: "hold" })`. */
export function command(
    kind: string,
    key: string,
    name: string,
    body: unknown = {},
    options: { revision?: number; idempotencyKey?: string } = {},
): Promise<Taken> {
    const headers: Record<string, string> = { "Idempotency-Key": options.idempotencyKey ?? freshKey() };
    if (options.revision !== undefined) headers["If-Match"] = `"${options.revision}"`;
    return post<Taken>(apiPath(kind, key, "commands", name), body, headers);
}

interface Page<T> {
    items: T[];
    next_cursor: string | null;
}

/** All entities of a kind that fit, page by page, up to `most`. */
export async function list<T>(kind: string, query: Query = {}, most = 5000): Promise<T[]> {
    const all: T[] = [];
    let cursor: string | null = null;
    do {
        const page: Page<T> = await get<Page<T>>(apiPath(kind), { limit: 1000, ...query, cursor });
        all.push(...page.items);
        cursor = page.next_cursor;
    } while (cursor && all.length < most);
    return all;
}
