// Modbus TCP against a device in another implementation (pymodbus): polling, writing, exceptions, a device that goes and comes.
import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Node, ended, freePort, gearworks, show, until, work } from "./mqtt_plant.mjs";

const plant = JSON.parse(readFileSync(gearworks, "utf8"));
const key = plant.machines[0].key;
const source = `machine/${key}`;
const plantFile = join(work, "plant.json");
const here = dirname(fileURLToPath(import.meta.url));
let node;
let server;
let port;
const said = [];

async function startServer() {
    server = spawn("/usr/bin/python3", [join(here, "modbus_server.py"), String(port)], { stdio: ["pipe", "pipe", "ignore"] });
    createInterface({ input: server.stdout }).on("line", (line) => said.push(line));
}
const tell = (line) => server.stdin.write(`${line}\n`);
async function ask(line, word) {
    const before = said.length;
    tell(line);
    return until(`the device answers ${line}`, () => said.slice(before).find((l) => l.startsWith(word)));
}
const device = async () => (await node.feeds()).modbus[0];
const value = async (tag) => (await node.live(key, tag))?.value;
const becomes = (tag, wanted) => until(`${tag} is ${wanted}`, async () => Math.abs((await value(tag)) - wanted) < 1e-6);

await show(
    [
        ["registers become samples: floats in their word order, signed ones scaled, bits, in the tag's own unit", async () => {
            tell("set 0 0x2000 0x47F1 0xFFF6"); // 123456.0 W in CDAB, -10 in tenths
            await becomes("power_kw", 123.456);
            await becomes("oil_celsius", -1);
            await becomes("door_open", 1);
            await becomes("level_percent", 7);
        }],
        ["a value within the dead-band is not told again", async () => {
            const before = (await device()).samples.taken;
            const at = (await node.live(key, "oil_celsius")).at;
            tell("set 2 0xFFF7");
            await until("it is polled some times", async () => (await device()).samples.taken > before + 20);
            if ((await node.live(key, "oil_celsius")).at !== at) throw new Error("it was told");
            tell("set 2 50");
            await becomes("oil_celsius", 5);
        }],
        ["an exception is counted by its name, and the other registers are read", async () => {
            await until("it is counted", async () => (await device()).exceptions.illegal_data_address > 0);
            if ((await device()).state !== "connected") throw new Error("the connection was given up");
            const metrics = await (await fetch(`${node.url}/metrics`)).text();
            if (!metrics.includes('takt_modbus_connected{device="press"} 1')) throw new Error("no metric says that it is connected");
        }],
        ["what is not finite is rejected", async () => {
            tell("set 0 0x0000 0x7FC0");
            await until("it is rejected", async () => (await device()).samples.rejected.not_finite > 0);
            tell("set 0 0x2000 0x47F1");
        }],
        ["a command is written once, and done when the state register says so", async () => {
            tell("set 10 6"); // execute
            await until("the state is reported", async () => (await node.machine(key)).packml === "execute");
            await node.post(`/api/v1/machines/${key}/commands/control`, { action: "hold", reason: "a test" });
            await until("it is written", async () => (await ask("get 11", "value")) === "value 4");
            await until("it is confirmed", async () => (await node.machine(key)).control?.confirmed);
            tell("set 10 10");
            tell("set 10 11");
            await until("it is done", async () => {
                const m = await node.machine(key);
                return m.packml === "held" && !m.control;
            });
            const log = (await ask("log", "written")).split(" ").filter((a) => a === "11");
            if (log.length !== 1) throw new Error(`written ${log.length} times`);
        }],
        ["a set-point is written, and done when it is read back", async () => {
            await node.post(`/api/v1/machines/${key}/commands/control`, { action: "set_point", set_points: { feed_ratio: 0.5 } });
            await until("it is read back", async () => {
                const m = await node.machine(key);
                return !m.control && Math.abs(m.set_points.feed_ratio - 0.5) < 1e-6;
            });
            if ((await ask("get 12", "value")) !== "value 500") throw new Error("another value was written");
        }],
        ["what the device has no register for is refused, and a case for a person", async () => {
            await node.post(`/api/v1/machines/${key}/commands/control`, { action: "set_point", set_points: { colour: 1 } });
            await until("a case is open", async () =>
                (await node.get("/api/v1/anomalies")).items.some((a) => JSON.stringify(a).includes("no register for colour")));
        }],
        ["a device that goes leaves stale values, and is there again when it comes back", async () => {
            server.kill("SIGKILL");
            await ended(server);
            await until("it is failing", async () => (await device()).state === "failing");
            await until("its values are stale", async () => (await node.live(key, "power_kw")).quality === 500);
            await startServer();
            tell("set 0 0x0000 0x447A"); // 1000.0
            await becomes("power_kw", 1);
            const d = await device();
            if (d.state !== "connected" || d.connects < 2) throw new Error(JSON.stringify(d));
        }],
    ],
    async () => {
        port = await freePort();
        const registers = [
            { address: 0, format: "float32", order: "CDAB", source, tag: "power_kw", unit: "W" },
            { address: 2, format: "int16", scale: 0.1, source, tag: "oil_celsius", dead_band: 2 },
            { address: 3, table: "coil", type: "boolean", source, tag: "door_open" },
            { address: 5, table: "input", source, tag: "level_percent", unit: "%" },
            { address: 10, role: "state", source },
            { address: 11, role: "command", source },
            { address: 12, role: "set_point", scale: 0.001, source, tag: "feed_ratio" },
            { address: 500, source, tag: "nowhere" },
        ];
        plant.feeds = { modbus: [{ name: "press", host: "127.0.0.1", port, period_ms: 50, timeout_ms: 2000, registers }] };
        writeFileSync(plantFile, JSON.stringify(plant));
        await startServer();
        node = new Node("--plant", plantFile);
        await node.start();
    },
    () => {
        server?.kill("SIGKILL");
        node?.process?.kill("SIGKILL");
    },
);
