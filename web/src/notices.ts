import { reactive } from "vue";
import { asProblem } from "./api/problem";
import { common } from "./i18n/common";

export interface Notice {
    id: number;
    text: string;
    tone: "good" | "bad";
    undo?: () => void | Promise<void>;
}

/** What was just done, or could not be; each stands at the page's foot for some seconds. */
export const notices = reactive<Notice[]>([]);
let last = 0;
const shortly = 6_000;
const longer = 12_000;

export function dismiss(id: number): void {
    const at = notices.findIndex((n) => n.id === id);
    if (at >= 0) notices.splice(at, 1);
}

export function say(text: string, undo?: Notice["undo"]): void {
    const notice: Notice = { id: ++last, text, tone: "good", undo };
    notices.push(notice);
    setTimeout(() => dismiss(notice.id), undo ? longer : shortly);
}

/** What went wrong, in the node's own words. */
export function complain(error: unknown): void {
    const problem = asProblem(error);
    const members = problem.errors.map((e) => `${e.pointer.replace("#/", "")}: ${e.detail}`).join("; ");
    const text = problem.unreachable ? common("unreachable") : members || problem.message;
    const notice: Notice = { id: ++last, text, tone: "bad" };
    notices.push(notice);
    setTimeout(() => dismiss(notice.id), longer);
}
