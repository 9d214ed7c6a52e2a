import { computed, type WritableComputedRef } from "vue";
import { useRoute, useRouter } from "vue-router";

let pending: Record<string, string | undefined> = {};
let scheduled = false;

/** A filter that lives in the URL: `const search = useQueryText("q")`. Its default value is not written there. */
export function useQueryText(name: string, otherwise = ""): WritableComputedRef<string> {
    const route = useRoute();
    const router = useRouter();
    return computed({
        get: () => {
            const value = route.query[name];
            return typeof value === "string" ? value : otherwise;
        },
        set: (value) => {
            // Several filters that change together are one change of the URL.
            pending[name] = value === otherwise ? undefined : value;
            if (scheduled) return;
            scheduled = true;
            queueMicrotask(() => {
                scheduled = false;
                const changes = pending;
                pending = {};
                void router.replace({ query: { ...route.query, ...changes }, hash: route.hash });
            });
        },
    });
}

export function useQueryFlag(name: string): WritableComputedRef<boolean> {
    const text = useQueryText(name);
    return computed({ get: () => text.value === "1", set: (on) => (text.value = on ? "1" : "") });
}

export function useQueryList(name: string): WritableComputedRef<string[]> {
    const text = useQueryText(name);
    return computed({
        get: () => (text.value ? text.value.split(",") : []),
        set: (all) => (text.value = all.join(",")),
    });
}
