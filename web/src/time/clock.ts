import { computed, reactive, ref } from "vue";
import { get } from "../api/client";

/**
 * The plant's time runs on a node's own clock, in a simulated plant faster than ours. It is asked for every few seconds
 * and carried on in between at the speed that the last two answers show.
 */
const known = reactive({ plant: 0, real: 0, speed: 1, ok: false });
const tick = ref(Date.now());

export const plantNow = computed(() => (known.ok ? known.plant + (tick.value - known.real) * known.speed : 0));
export const realNow = computed(() => tick.value);
export const plantSpeed = computed(() => known.speed);
export const clockKnown = computed(() => known.ok);

/** The plant's time at this very moment, for what is drawn in every frame. */
export const plantNowExactly = (): number => (known.ok ? known.plant + (Date.now() - known.real) * known.speed : Date.now());

export async function askTime(): Promise<void> {
    const before = Date.now();
    const answer = await get<{ plant_time: string }>("/healthz").catch(() => undefined);
    if (!answer) return;
    const real = (before + Date.now()) / 2;
    const plant = Date.parse(answer.plant_time);
    if (known.ok && real - known.real > 1_000) {
        const speed = (plant - known.plant) / (real - known.real);
        known.speed = Math.abs(speed - 1) < 0.05 || speed < 0 ? 1 : speed;
    }
    Object.assign(known, { plant, real, ok: true });
}

export function startClock(): void {
    void askTime().then(() => setTimeout(() => void askTime(), 1_500));
    setInterval(() => document.hidden || void askTime(), 5_000);
    setInterval(() => (tick.value = Date.now()), 1_000);
}
