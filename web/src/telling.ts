import { ref, type Ref } from "vue";
import { complain, say } from "./notices";

/** Commands of a page: one at a time, with what was done or refused said at its foot. `tell` answers whether it was done. */
export function useTelling(): { busy: Ref<boolean>; tell: (work: () => Promise<unknown>, done: string, undo?: () => Promise<unknown>) => Promise<boolean> } {
    const busy = ref(false);
    async function tell(work: () => Promise<unknown>, done: string, undo?: () => Promise<unknown>): Promise<boolean> {
        busy.value = true;
        try {
            await work();
            say(done, undo && (() => undo().then(() => undefined, complain)));
            return true;
        } catch (e) {
            complain(e);
            return false;
        } finally {
            busy.value = false;
        }
    }
    return { busy, tell };
}
