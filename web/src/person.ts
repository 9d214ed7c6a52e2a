import { ref, watch } from "vue";

/** Who sits at this browser, as commands name them. It is asked once and remembered here. */
const stored = "takt.person";
export const person = ref(localStorage.getItem(stored) ?? "");
watch(person, (name) => localStorage.setItem(stored, name));
