import { getCurrentScope, onScopeDispose, ref, shallowRef, toValue, watch, type MaybeRefOrGetter, type Ref, type ShallowRef } from "vue";
import { get, list, type Query } from "./client";
import { asProblem, type Problem } from "./problem";
import { kindOf, stream, type Fact } from "./stream";

export interface Resource<T> {
    data: ShallowRef<T | undefined>;
    error: ShallowRef<Problem | undefined>;
    loading: Ref<boolean>; ///< the first answer is still to come
    refresh: () => Promise<void>;
}

export interface Live {
    /** Kinds whose events mean that the answer is another one now. */
    kinds?: readonly string[];
    /** Which of their events; all if it is not given. */
    concerns?: (fact: Fact) => boolean;
    /** At most so often, in milliseconds, however much happens. */
    every?: number;
    /** Also when nothing happens, in milliseconds: for telemetry and for what time alone changes. */
    poll?: number;
}

const retry = 3_000;

/** Whatever `load` answers, asked again when `live` says that it may have changed, and when what it reads changes. */
export function useLoaded<T>(load: () => Promise<T> | undefined, live: Live = {}): Resource<T> {
    const data = shallowRef<T>();
    const error = shallowRef<Problem>();
    const loading = ref(true);
    const every = live.every ?? 1_000;
    let asked = 0;
    let lastAt = 0;
    let running = false;
    let dirty = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let gone = false;

    async function run(): Promise<void> {
        const mine = ++asked;
        running = true;
        dirty = false;
        lastAt = Date.now();
        clearTimeout(timer);
        timer = undefined;
        try {
            const answer = load();
            if (answer === undefined) return;
            const value = await answer;
            if (mine !== asked || gone) return;
            data.value = value;
            error.value = undefined;
        } catch (e) {
            if (mine !== asked || gone) return;
            error.value = asProblem(e);
            if (error.value.unreachable || error.value.status >= 500) later(retry);
        } finally {
            if (mine === asked) {
                running = false;
                loading.value = false;
                if (dirty) later(every);
            }
        }
    }

    function later(milliseconds: number): void {
        if (gone || timer !== undefined) return;
        timer = setTimeout(() => {
            timer = undefined;
            void run();
        }, milliseconds);
    }

    function touched(): void {
        dirty = true;
        if (!running) later(Math.max(0, lastAt + every - Date.now()));
    }

    const stops: (() => void)[] = [];
    if (live.kinds && live.kinds.length > 0) {
        const concerns = live.concerns;
        stops.push(stream.listen(live.kinds, (facts) => (!concerns || facts.some(concerns)) && touched()));
    }
    if (live.poll) {
        const poll = setInterval(() => document.hidden || touched(), live.poll);
        stops.push(() => clearInterval(poll));
    }
    if (getCurrentScope()) {
        onScopeDispose(() => {
            gone = true;
            clearTimeout(timer);
            for (const stop of stops) stop();
        });
    }
    // `load` reads what it depends on before its first await, so this runs again when that changes.
    return { data, error, loading, refresh: run };
}

/** GET `path`; nothing is asked while it is undefined. Another path begins anew. */
export function useResource<T>(path: MaybeRefOrGetter<string | undefined>, live: Live = {}): Resource<T> {
    const resource = useLoaded<T>(() => {
        const to = toValue(path);
        return to === undefined ? undefined : get<T>(to);
    }, live);
    watch(
        () => toValue(path),
        (to, before) => {
            if (before !== undefined && to?.split("?")[0] !== before.split("?")[0]) {
                resource.data.value = undefined;
                resource.loading.value = true;
            }
            void resource.refresh();
        },
        { immediate: true },
    );
    return resource;
}

/** All entities of a kind (its singular name) that fit a query, kept fresh by the kind's own events. Nothing is asked while
    the query is undefined. */
export function useList<T>(kind: string, query: MaybeRefOrGetter<Query | undefined> = {}, live: Live = {}): Resource<T[]> {
    const resource = useLoaded<T[]>(
        () => {
            const wanted = toValue(query);
            return wanted === undefined ? undefined : list<T>(kind, wanted);
        },
        { kinds: [kind], ...live },
    );
    watch(() => JSON.stringify(toValue(query)), () => void resource.refresh(), { immediate: true });
    return resource;
}

/** One entity, kept fresh by its own events. */
export function useEntity<T>(kind: string, key: MaybeRefOrGetter<string | undefined>, live: Live = {}): Resource<T> {
    return useResource<T>(
        () => {
            const k = toValue(key);
            return k === undefined ? undefined : `/api/v1/${kind}/${encodeURIComponent(k)}`;
        },
        { kinds: [kind], concerns: (f) => kindOf(f.entity) === kind && f.entity === `${kind}/${toValue(key)}`, ...live },
    );
}
