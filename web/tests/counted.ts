import type { Reporter, TestModule } from "vitest/node";

/** The line that `./dev test` counts by. */
export default class Counted implements Reporter {
    onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
        const all = modules.flatMap((m) => [...m.children.allTests()]);
        const passed = all.filter((t) => t.result().state === "passed").length;
        const broken = modules.filter((m) => m.state() === "failed" && [...m.children.allTests()].length === 0).length;
        const failed = all.filter((t) => t.result().state === "failed").length + broken + errors.length;
        console.log(`${passed} passed, ${failed} failed`);
    }
}
