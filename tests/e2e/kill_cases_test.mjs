// A node is killed with SIGKILL in the middle of twenty cases, three times. Every case goes on where it was and is closed;
// no maintenance order exists twice, nothing that was stopped is free again without its inspection, and the journal keeps
// every law.
import { spawn, spawnSync } from "node:child_process";
import { Node, ended, gearworks, show, until } from "./mqtt_plant.mjs";

const wanted = 20;
let node;
let floor;

const cases = async (state) => {
    const all = [];
    for (let cursor = ""; cursor !== null; ) {
        const page = await node.get(`/api/v1/anomalies?limit=500${state ? `&state=${state}` : ""}${cursor && `&cursor=${cursor}`}`);
        all.push(...page.items);
        cursor = page.next_cursor;
    }
    return all.filter((c) => c.kind === "machine_fault");
};
const orders = async () => (await node.get("/api/v1/maintenance_orders?limit=500")).items;
const machines = async () => (await node.get("/api/v1/machines?limit=200")).items;
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/// Faults at machines that nobody has complained about: a person at the machine sees smoke.
const hurt = [];
async function hurtSome(count) {
    const untouched = (await machines()).filter((m) => !hurt.includes(m.key));
    const first = [...untouched.filter((m) => m.packml === "execute"), ...untouched.filter((m) => m.packml !== "execute")];
    for (const m of first.slice(0, count)) {
        hurt.push(m.key);
        await node.post(`/api/v1/anomaly/machine_fault:machine:${m.key}/commands/raise`, {
            source: `machine/${m.key}`,
            type: "smoke",
            severity: "critical",
            detail: "seen by the operator",
        });
    }
}
/// A person sees that the smoke is gone when maintenance has been there, and says so by closing what is left to verify.
async function looksAgain() {
    for (const c of await cases("open")) {
        const waits = c.quarantine.some((h) => h.stopped && !h.ended);
        const maintained = c.steps.some((s) => s.what === "maintain" && (s.status === "done" || s.status === "skipped"));
        if (!maintained || waits || c.unanswered > 0) continue;
        await node.post(`/api/v1/anomaly/${c.key}/commands/close`, { by: "shift leader", cause: "no smoke any more" });
    }
}

await show(
    [
        [`${wanted} cases are under way when the node is killed, three times`, async () => {
            for (let kill = 0; kill < 3; ++kill) {
                await hurtSome(kill === 0 ? 8 : 6);
                await pause(200 + 300 * kill); // another moment of the cases each time
                await node.kill();
                await node.start();
            }
            const open = await cases();
            if (open.length < wanted) throw new Error(`there are ${open.length} cases`);
        }],
        ["every case goes on and is closed", () =>
            until("all are closed", async () => {
                await looksAgain();
                await pause(500);
                const open = await cases("open");
                return open.length === 0 || open.every((c) => !hurt.includes(c.source.split("/")[1])) || undefined;
            }, 400_000)], // three technicians have twenty orders
        ["no maintenance order was made twice", async () => {
            const all = await orders();
            for (const key of hurt) {
                const mine = all.filter((o) => o.machine === key && o.task.startsWith("smoke"));
                if (mine.length !== 1) throw new Error(`${key} has ${mine.map((o) => `${o.key} ${o.status}`).join(", ")}`);
            }
        }],
        ["nothing that was stopped went on without its inspection", async () => {
            let stopped = 0;
            for (const c of await cases()) {
                for (const h of c.quarantine.filter((q) => q.stopped)) {
                    ++stopped;
                    const inspection = await node.get(`/api/v1/inspection/${h.inspection}`);
                    if (!h.ended || inspection.status === "open") throw new Error(`${h.what} is free, ${h.inspection} is ${inspection.status}`);
                }
            }
            if (stopped === 0) throw new Error("nothing was stopped: no test");
        }],
        ["the journal keeps every law", async () => {
            const letters = (await node.get("/api/v1/dead_letters")).items;
            if (letters.length) throw new Error(JSON.stringify(letters[0]));
            floor.kill("SIGTERM");
            await ended(floor);
            await node.kill("SIGTERM");
            const { status, stdout } = spawnSync(process.env.TAKT, ["verify", "--data", node.data], { encoding: "utf8" });
            if (status !== 0) throw new Error(stdout);
        }],
    ],
    async () => {
        node = new Node("--plant", gearworks, "--speed", "120");
        await node.start();
        floor = spawn(process.env.TAKT, ["sim", "--url", node.url, "--plant", gearworks, "--seed", "5"], { stdio: "ignore" });
        await until("machines work", async () => (await machines()).filter((m) => m.packml === "execute").length >= 8);
    },
    () => {
        floor?.kill("SIGKILL");
        node?.process?.kill("SIGKILL");
    },
);
