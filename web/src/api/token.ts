import { ref } from "vue";

const stored = "takt.token";

/** Set while the node wants a token that this browser tab does not have. */
export const tokenWanted = ref(false);

export function tokenHeader(): Record<string, string> {
    const token = sessionStorage.getItem(stored);
    return token ? { Authorization: `Bearer ${token}` } : {};
}

export function tokenRejected(): void {
    sessionStorage.removeItem(stored);
    tokenWanted.value = true;
}

export function useToken(token: string): void {
    sessionStorage.setItem(stored, token.trim());
    tokenWanted.value = false;
}
