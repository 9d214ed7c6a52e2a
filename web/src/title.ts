import { onScopeDispose, ref, toValue, watchEffect, type MaybeRefOrGetter } from "vue";

export const title = ref("");
export const above = ref<{ to: string; text: string }>();

/** The page's one heading, and the page above it if there is one. */
export function usePage(heading: MaybeRefOrGetter<string>, parent?: MaybeRefOrGetter<{ to: string; text: string } | undefined>): void {
    watchEffect(() => {
        title.value = toValue(heading);
        above.value = toValue(parent);
    });
    onScopeDispose(() => (above.value = undefined));
}
