import { computed, ref, watchEffect } from "vue";

export type Language = "en" | "zh";
export const languages: readonly Language[] = ["zh", "en"];

const stored = "takt.language";

function first(): Language {
    const chosen = localStorage.getItem(stored);
    if (chosen === "en" || chosen === "zh") return chosen;
    return navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en";
}

export const language = ref<Language>(first());
export const locale = computed(() => (language.value === "zh" ? "zh-CN" : "en-GB"));

watchEffect(() => {
    document.documentElement.lang = locale.value;
});

export function speak(chosen: Language): void {
    language.value = chosen;
    localStorage.setItem(stored, chosen);
}

/** A page's words: English and Chinese side by side, so that one without the other does not compile. */
export type Text = Record<string, readonly [en: string, zh: string]>;

/** Puts the values into the places: "{n} late" with n = 3 is "3 late". */
export function fill(text: string, values: Record<string, string | number> = {}): string {
    return text.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
}

export type Translate<T extends Text> = (key: keyof T & string, values?: Record<string, string | number>) => string;

/** The words of `text` in the language of now. Used in a template or a computed value, it follows the switch. */
export function words<T extends Text>(text: T): Translate<T> {
    return (key, values) => {
        const pair = text[key];
        if (!pair) return key;
        return fill(language.value === "zh" ? pair[1] : pair[0], values);
    };
}
