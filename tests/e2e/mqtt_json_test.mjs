// Plain JSON over MQTT, by the rows of a plant file.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Broker, Node, gearworks, show, until, work } from "./mqtt_plant.mjs";

const broker = new Broker();
const plant = JSON.parse(readFileSync(gearworks, "utf8"));
const [one, two] = plant.machines.map((m) => m.key);
const oil = { field: "oil.temp", source: "machine/{machine}", tag: "oil_celsius", unit: "degF", low: -20, high: 150 };
const running = { field: "running", source: "machine/{machine}", tag: "running", type: "boolean" };
plant.feeds = { json: [{ topic: "hall/{machine}/state", time: "ts", fields: [oil, running] }] };
const plantFile = join(work, "plant.json");
let node;
let client;
const say = (machine, body) => client.publish(`hall/${machine}/state`, typeof body === "string" ? body : JSON.stringify(body));
const rejected = async () => (await node.feeds()).samples.rejected;

await show(
    [
        ["a document's members become samples of the machine in the topic, in the tag's own unit", async () => {
            const ts = Date.now();
            say(one, { ts, oil: { temp: 212 }, running: true });
            await until("the value is there", async () => Math.abs((await node.live(one, "oil_celsius"))?.value - 100) < 1e-9);
            const running = await node.live(one, "running");
            if (running.value !== 1 || Date.parse(running.at) !== ts) throw new Error(JSON.stringify(running));
            if (await node.live(two, "oil_celsius")) throw new Error("another machine has it too");
        }],
        ["the time may be RFC 3339, and a document that has none is refused", async () => {
            say(two, { ts: new Date().toISOString(), oil: { temp: 32 } });
            await until("the value is there", async () => Math.abs((await node.live(two, "oil_celsius"))?.value) < 1e-9);
            say(two, { oil: { temp: 32 } });
            say(two, { ts: "yesterday", oil: { temp: 32 } });
            await until("both are refused", async () => (await rejected()).bad_time === 2);
        }],
        ["what is wrong is refused by its reason, and the rest of the document is taken", async () => {
            say(one, "{");
            say(one, "[1]");
            say("nobody", { ts: Date.now(), running: true });
            say(one, { ts: Date.now(), oil: { temp: "hot" }, running: false });
            say(one, { ts: Date.now(), oil: { temp: 9999 } });
            say(one, { ts: Date.now(), oil: { temp: true } });
            say(one, { ts: Date.now() + 3600000, running: true });
            await until("all are refused", async () => {
                const r = await rejected();
                return r.bad_payload === 2 && r.unmapped === 1 && r.wrong_type === 2 && r.out_of_range === 1 && r.in_the_future === 1;
            });
            await until("the rest is taken", async () => (await node.live(one, "running")).value === 0);
        }],
    ],
    async () => {
        writeFileSync(plantFile, JSON.stringify(plant));
        await broker.start();
        node = new Node("--plant", plantFile, "--mqtt", broker.url);
        await node.start();
        await until("the node is connected", async () => (await node.feeds()).connection.connected);
        client = await broker.connect();
    },
    () => {
        client?.end(true);
        node?.process?.kill("SIGKILL");
        broker.process?.kill("SIGKILL");
    },
);
