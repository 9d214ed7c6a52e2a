import { language } from "@/i18n/language";
import { day, toField, zone } from "@/time/format";

/** What part of time and rows is seen, and how large. Distances in CSS pixels. */
export interface View {
    from: number; ///< time at the left edge
    perPixel: number; ///< milliseconds of a pixel
    top: number; ///< pixels scrolled down
}

export const rowHeight = 28;
export const headHeight = 44;
export const labelWidth = 168;

const minute = 60_000;
const hour = 60 * minute;
const day24 = 24 * hour;
export const closest = 4_000; // ms of a pixel: a minute is 15 pixels
export const farthest = (28 * day24) / 1000;

export const xOf = (view: View, time: number): number => labelWidth + (time - view.from) / view.perPixel;
export const timeAt = (view: View, x: number): number => view.from + (x - labelWidth) * view.perPixel;

/** Zooms so that what is under x stays there. */
export function zoomed(view: View, factor: number, x: number): View {
    const perPixel = Math.min(farthest, Math.max(closest, view.perPixel * factor));
    const time = timeAt(view, x);
    return { ...view, perPixel, from: time - (x - labelWidth) * perPixel };
}

const steps = [5 * minute, 15 * minute, 30 * minute, hour, 2 * hour, 4 * hour, 8 * hour, 12 * hour, day24, 2 * day24, 7 * day24];

export interface Tick {
    time: number;
    text: string;
    day: boolean; ///< a day begins here
}

/** How far the plant's clocks are ahead of UTC at a time. Asked of the calendar once for each hour: that is slow. */
const offsets = new Map<number, number>();
let offsetsOf = "";
function offsetAt(time: number): number {
    if (offsetsOf !== zone.value || offsets.size > 20_000) {
        offsets.clear();
        offsetsOf = zone.value;
    }
    const bucket = Math.floor(time / hour);
    let offset = offsets.get(bucket);
    if (offset === undefined) {
        offset = Date.parse(`${toField(bucket * hour)}:00Z`) - bucket * hour;
        offsets.set(bucket, offset);
    }
    return offset;
}

const dayTexts = new Map<string, string>();
function dayText(time: number): string {
    const key = `${language.value} ${zone.value} ${Math.floor((time + offsetAt(time)) / day24)}`;
    let text = dayTexts.get(key);
    if (text === undefined) dayTexts.set(key, (text = day(time)));
    return text;
}

const twoDigits = (n: number): string => (n < 10 ? `0${n}` : String(n));

/** Marks of the time scale at round local times, at least 56 pixels apart. */
export function ticksOf(view: View, width: number): { ticks: Tick[]; days: Tick[] } {
    const step = steps.find((s) => s / view.perPixel >= 56) ?? steps[steps.length - 1]!;
    const to = timeAt(view, width);
    const ticks: Tick[] = [];
    const days: Tick[] = [];
    const unit = Math.min(step, hour);
    for (let time = Math.floor(view.from / unit) * unit - day24; time <= to; time += unit) {
        const minutes = ((time + offsetAt(time)) % day24) / minute;
        if (minutes === 0) days.push({ time, text: dayText(time), day: true });
        if (time < view.from) continue;
        if (step >= day24 ? minutes === 0 : (minutes * minute) % step === 0) ticks.push({ time, text: `${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}`, day: minutes === 0 });
    }
    return { ticks, days };
}

export const snap = (time: number): number => Math.round(time / (5 * minute)) * 5 * minute;
