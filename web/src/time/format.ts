import { ref } from "vue";
import { language, locale } from "../i18n/language";

/** The plant's time zone; every time of the plant is shown in it. */
export const zone = ref(Intl.DateTimeFormat().resolvedOptions().timeZone);

const formats = new Map<string, Intl.DateTimeFormat>();

function format(name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
    const key = `${name} ${locale.value} ${zone.value}`;
    let f = formats.get(key);
    if (!f) {
        f = new Intl.DateTimeFormat(locale.value, { timeZone: zone.value, ...options });
        formats.set(key, f);
    }
    return f;
}

export type Time = string | number | null | undefined;

const milliseconds = (time: Time): number => (typeof time === "number" ? time : Date.parse(time ?? ""));
const dash = "–";

/** "05:04" */
export function clockTime(time: Time, seconds = false): string {
    const t = milliseconds(time);
    if (Number.isNaN(t)) return dash;
    const options: Intl.DateTimeFormatOptions = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
    return format(seconds ? "s" : "m", seconds ? { ...options, second: "2-digit" } : options).format(t);
}

/** "Mon 16 Nov", "11月16日 周一" */
export function day(time: Time): string {
    const t = milliseconds(time);
    if (Number.isNaN(t)) return dash;
    return format("day", { weekday: "short", day: "numeric", month: "short" }).format(t).replace(",", "").replace(/(日)(?=周)/, "$1 ");
}

/** "16 Nov 05:04", "11-16 05:04" */
export function moment(time: Time, seconds = false): string {
    const t = milliseconds(time);
    if (Number.isNaN(t)) return dash;
    const parts = format("md", { day: "2-digit", month: language.value === "zh" ? "2-digit" : "short" }).formatToParts(t);
    const part = (type: string) => parts.find((p) => p.type === type)?.value ?? "";
    const date = language.value === "zh" ? `${part("month")}-${part("day")}` : `${part("day")} ${part("month")}`;
    return `${date} ${clockTime(t, seconds)}`;
}

/** With year, seconds and zone: for titles. */
export function fully(time: Time): string {
    const t = milliseconds(time);
    if (Number.isNaN(t)) return dash;
    return `${format("full", { dateStyle: "full", timeStyle: "medium" }).format(t)} ${zoneName(t)}`;
}

/** "CET", "GMT+8" */
export function zoneName(time: Time = Date.now()): string {
    const parts = format("zone", { timeZoneName: "short" }).formatToParts(milliseconds(time));
    return parts.find((p) => p.type === "timeZoneName")?.value ?? zone.value;
}

/** "3 d 4 h", "2 h 05 min", "12 min", "40 s": two units, no more. */
export function duration(ms: number | null | undefined): string {
    if (ms === null || ms === undefined || Number.isNaN(ms)) return dash;
    const zh = language.value === "zh";
    const [d, h, m, s] = zh ? ["天", "小时", "分", "秒"] : [" d", " h", " min", " s"];
    const sign = ms < 0 ? "−" : "";
    const seconds = Math.round(Math.abs(ms) / 1000);
    if (seconds < 60) return `${sign}${seconds}${s}`;
    const minutes = Math.round(seconds / 60);
    if (minutes < 60) return `${sign}${minutes}${m}`;
    const hours = Math.floor(minutes / 60);
    const gap = zh ? "" : " ";
    if (hours < 24) return `${sign}${hours}${h}${minutes % 60 ? `${gap}${minutes % 60}${m}` : ""}`;
    const restHours = Math.round((minutes % 1440) / 60);
    const days = Math.floor(minutes / 1440) + (restHours === 24 ? 1 : 0);
    return `${sign}${days}${d}${restHours % 24 ? `${gap}${restHours % 24}${h}` : ""}`;
}

/** A number as people write it, with at most so many digits after the point. */
export function number(value: number | string | null | undefined, digits = 0): string {
    const n = typeof value === "string" ? Number(value) : value;
    if (n === null || n === undefined || Number.isNaN(n)) return dash;
    return n.toLocaleString(locale.value, { maximumFractionDigits: digits });
}

/** 0.853 → "85 %" */
export const percent = (share: number | null | undefined, digits = 0): string =>
    share === null || share === undefined || Number.isNaN(share) ? dash : `${number(share * 100, digits)} %`;

/** What a datetime-local field holds for a time, in the plant's zone. */
export function toField(time: Time): string {
    const t = milliseconds(time);
    if (Number.isNaN(t)) return "";
    return new Intl.DateTimeFormat("sv-SE", {
        timeZone: zone.value,
        dateStyle: "short",
        timeStyle: "short",
    })
        .format(t)
        .replace(" ", "T");
}

/** And back: "2026-11-16T05:04" in the plant's zone as an instant. */
export function fromField(text: string): number {
    const wanted = Date.parse(`${text}:00Z`);
    if (Number.isNaN(wanted)) return Number.NaN;
    // The zone's offset at that time, found by what it makes of a first guess; twice, for the hours around a change.
    let guess = wanted;
    for (let i = 0; i < 2; ++i) guess += wanted - Date.parse(`${toField(guess)}:00Z`);
    return guess;
}
