import { fileURLToPath } from "node:url";
import vue from "@vitejs/plugin-vue";
import { defineConfig } from "vitest/config";
import { precompress } from "./precompress";

// `npm run dev` shows a running node's plant: TAKT_URL says which.
const node = process.env.TAKT_URL ?? "http://127.0.0.1:8080";

export default defineConfig({
    plugins: [vue(), precompress()],
    resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
    build: { outDir: "../build/web", emptyOutDir: true, target: "es2022", assetsInlineLimit: 0, chunkSizeWarningLimit: 700 },
    server: {
        proxy: Object.fromEntries(
            // The node turns away pages from elsewhere, so what comes through the proxy says nothing of where it is from.
            ["/api", "/healthz", "/readyz", "/metrics"].map((path) => [
                path,
                { target: node, changeOrigin: true, headers: {}, configure: (proxy) => proxy.on("proxyReq", (r) => r.removeHeader("origin")) },
            ]),
        ),
    },
    test: { environment: "jsdom", include: ["tests/**/*.test.ts"], setupFiles: ["tests/setup.ts"] },
});
