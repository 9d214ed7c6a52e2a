import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import type { Plugin } from "vite";

const worthwhile = /\.(html|js|css|svg|json)$/;

/** Writes FILE.br and FILE.gz beside every text that is built, so that the node has only to hand them out. */
export function precompress(): Plugin {
    let folder = "";
    return {
        name: "takt-precompress",
        apply: "build",
        configResolved: (config) => {
            folder = config.build.outDir;
        },
        closeBundle: () => {
            for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
                if (!entry.isFile() || !worthwhile.test(entry.name)) continue;
                const file = join(entry.parentPath ?? entry.path, entry.name);
                const text = readFileSync(file);
                const size = { [constants.BROTLI_PARAM_SIZE_HINT]: text.length };
                writeFileSync(`${file}.br`, brotliCompressSync(text, { params: size }));
                writeFileSync(`${file}.gz`, gzipSync(text, { level: 9 }));
            }
        },
    };
}
