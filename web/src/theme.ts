import { computed, ref, watchEffect } from "vue";

const stored = "takt.theme";
const dark = matchMedia("(prefers-color-scheme: dark)");
const system = ref(dark.matches);
dark.addEventListener("change", (e) => (system.value = e.matches));

const chosen = ref(localStorage.getItem(stored));
export const theme = computed<"light" | "dark">(() => {
    if (chosen.value === "dark" || chosen.value === "light") return chosen.value;
    return system.value ? "dark" : "light";
});

watchEffect(() => {
    document.documentElement.dataset.theme = theme.value;
});

export function turnTheme(): void {
    chosen.value = theme.value === "dark" ? "light" : "dark";
    localStorage.setItem(stored, chosen.value);
}

/** A colour of tokens.css as it is now, for what is drawn on a canvas. Read inside a computed value, it follows the theme. */
export function colour(name: string): string {
    void theme.value;
    return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}
