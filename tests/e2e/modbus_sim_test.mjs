// The simulator as Modbus TCP devices, polled by our own Modbus door and read by a client in another implementation
// (pymodbus): what the floor measures stands in the registers, and commands written there are obeyed.
import { spawn, spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Node, ended, freePort, gearworks, show, until, work } from "./mqtt_plant.mjs";

const plant = JSON.parse(readFileSync(gearworks, "utf8"));
const key = plant.machines[0].key;
const source = `machine/${key}`;
const plantFile = join(work, "plant.json");
/// Plant time is fast here: what takes the door a moment is minutes there.
const within_ms = 600000;
let node;
let floor;
let port;

/// Words of the holding registers, as pymodbus reads them.
function read(address, count) {
    const code = `
import sys
from pymodbus.client import ModbusTcpClient
c = ModbusTcpClient("127.0.0.1", port=${port})
c.connect()
r = c.read_holding_registers(${address}, ${count}, slave=7)
print(*r.registers if not r.isError() else ["error"])
c.close()`;
    const { stdout, stderr } = spawnSync("/usr/bin/python3", ["-c", code], { encoding: "utf8" });
    if (!stdout.trim()) throw new Error(stderr);
    return stdout.trim().split(" ");
}

await show(
    [
        ["what the floor measures comes by the registers", () =>
            until("power is measured", async () => (await node.live(key, "power_kw"))?.value > 0)],
        ["another client reads the same registers", async () => {
            const words = read(0, 2).map(Number); // watts, float32
            const bytes = new DataView(new ArrayBuffer(4));
            words.forEach((w, i) => bytes.setUint16(2 * i, w));
            const watts = bytes.getFloat32(0);
            if (!(watts > 10 && watts < 50000)) throw new Error(`it reads ${watts} W`);
        }],
        ["registers that are not there are answered with an exception", () => {
            if (read(400, 1)[0] !== "error") throw new Error("it was answered");
        }],
        ["a machine that is told to hold by its command register holds, and says so in its state register", async () => {
            await until("it works", async () => (await node.machine(key)).packml === "execute");
            await node.post(`/api/v1/machines/${key}/commands/control`, { action: "hold", reason: "a test", within_ms });
            await until("it holds", async () => (await node.machine(key)).packml === "held");
            if (read(10, 1)[0] !== "11") throw new Error("the register says something else");
            await node.post(`/api/v1/machines/${key}/commands/control`, { action: "unhold", within_ms });
            await until("it goes on", async () => {
                const m = await node.machine(key);
                return m.packml !== "held" && !m.control;
            });
        }],
        ["a set-point is written, and read back", async () => {
            await node.post(`/api/v1/machines/${key}/commands/control`, { action: "set_point", set_points: { speed_ratio: 0.5 }, within_ms });
            await until("it has it", async () => (await node.machine(key)).set_points.speed_ratio === 0.5);
        }],
    ],
    async () => {
        port = await freePort();
        plant.feeds = {
            modbus: [{
                name: "lathe", host: "127.0.0.1", port, unit_id: 7, period_ms: 50,
                registers: [
                    { source, tag: "power_kw", unit: "W", address: 0, format: "float32" },
                    { source, tag: "state", role: "state", address: 10 },
                    { source, tag: "command", role: "command", address: 11 },
                    { source, tag: "speed_ratio", role: "set_point", address: 12, scale: 0.01 },
                ],
            }],
        };
        writeFileSync(plantFile, JSON.stringify(plant));
        node = new Node("--plant", plantFile, "--speed", "240");
        await node.start();
        floor = spawn(process.env.TAKT, ["sim", "--url", node.url, "--plant", plantFile, "--seed", "3", "--modbus", `127.0.0.1:${port}`], { stdio: "ignore" });
        await until("the device is connected", async () => (await node.feeds()).modbus[0].state === "connected");
    },
    () => {
        floor?.kill("SIGKILL");
        node?.process?.kill("SIGKILL");
    },
);
