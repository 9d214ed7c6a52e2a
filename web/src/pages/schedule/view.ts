import { clockTime, day, toField } from "@/time/format";

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

/** Marks of the time scale at round local times, at least 56 pixels apart. */
export function ticksOf(view: View, width: number): { ticks: Tick[]; days: Tick[] } {
    const step = steps.find((s) => s / view.perPixel >= 56) ?? steps[steps.length - 1]!;
    const to = timeAt(view, width);
    const ticks: Tick[] = [];
    const days: Tick[] = [];
    const unit = Math.min(step, hour);
    for (let time = Math.floor(view.from / unit) * unit - day24; time <= to; time += unit) {
        const local = toField(time).slice(11);
        const minutes = Number(local.slice(0, 2)) * 60 + Number(local.slice(3));
        if (minutes === 0) days.push({ time, text: day(time), day: true });
        if (time < view.from) continue;
        if (step >= day24 ? minutes === 0 : (minutes * minute) % step === 0) ticks.push({ time, text: clockTime(time), day: minutes === 0 });
    }
    return { ticks, days };
}

export const snap = (time: number): number => Math.round(time / (5 * minute)) * 5 * minute;
