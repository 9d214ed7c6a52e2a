import { computed, shallowRef } from "vue";
import { get } from "./api/client";
import { zone } from "./time/format";

export interface Shift {
    key: string;
    weekdays: string[];
    start: string;
    end: string;
    optional?: boolean;
}

/** GET /api/v1/plant: what does not change while a page is open. */
export interface Plant {
    name: string;
    zone: string;
    areas: string[];
    shifts: Shift[];
    tariff: { name: string; start: string; end: string; price_per_kwh: number }[];
    machines: { key: string; name: string; area: string; work_center: string }[];
}

const known = shallowRef<Plant>();
export const plant = computed(() => known.value);
export const workCentres = computed(() => [...new Set(known.value?.machines.map((m) => m.work_center))].sort());

/** Tried until the node answers: without the zone no time can be shown rightly. */
export async function loadPlant(): Promise<void> {
    try {
        known.value = await get<Plant>("/api/v1/plant");
        if (known.value.zone) zone.value = known.value.zone;
        if (known.value.machines.length === 0) setTimeout(() => void loadPlant(), 5_000);
    } catch {
        setTimeout(() => void loadPlant(), 3_000);
    }
}
