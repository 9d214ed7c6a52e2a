// The Sparkplug host application against a real broker (mosquitto) and an edge node that is not ours (the npm package
// sparkplug-client). docs/sparkplug.md says which rule each claim shows.
import { readFileSync } from "node:fs";
import mqtt from "mqtt";
import sparkplug from "sparkplug-client";
import { Broker, Node, gearworks, show, until } from "./mqtt_plant.mjs";

const machine = JSON.parse(readFileSync(gearworks, "utf8")).machines.find((m) => m.limits.length > 0);
const tag = machine.limits[0].tag;
const group = "foreign";
const edge = "line-9";
const broker = new Broker();
let node;
const get = (path) => node.get(path);
const feeds = () => node.feeds();
const node9 = async () => (await feeds()).edge_nodes.find((n) => n.edge_node === `${group}/${edge}`);
const live = (name = tag) => node.live(machine.key, name);

/// The newest STATE of the host.
let state;
let listener;
async function listen() {
    listener = mqtt.connect(broker.url, { reconnectPeriod: 100 });
    listener.on("message", (topic, payload, packet) => {
        if (topic === "spBv1.0/STATE/e2e" && payload.length) state = { ...JSON.parse(payload), retain: packet.retain, qos: packet.qos };
    });
    listener.on("connect", () => listener.subscribe("spBv1.0/#", { qos: 1 }));
}

let client;
const commands = [];
let births = 0;
const metric = (name, type, value, more = {}) => ({ name, type, value, timestamp: Date.now(), ...more });
function bear() {
    ++births;
    client.publishNodeBirth({ timestamp: Date.now(), metrics: [metric("Node Control/Rebirth", "Boolean", false)] });
    client.publishDeviceBirth(machine.key, {
        timestamp: Date.now(),
        metrics: [
            metric(tag, "Float", 20.5),
            metric("power_kw", "Double", 1),
            metric("pieces_total", "Int16", -1),
            metric("colour", "String", "red"),
            metric("Job/1/Order", "String", ""),
            metric("Control/Order", "String", ""),
            metric("Control/RefusedNumber", "Int64", 0),
            metric("Control/RefusedReason", "String", ""),
            metric("Status/State", "Int32", 6),
            metric("Status/Down", "Boolean", false),
        ],
    });
}
function startEdge() {
    client = sparkplug.newClient({
        serverUrl: broker.url, username: "", password: "",
        groupId: group, edgeNode: edge, clientId: "foreign-edge", version: "spBv1.0", publishDeath: true,
        mqttOptions: { reconnectPeriod: 300 },
    });
    client.on("error", () => {});
    client.on("birth", bear);
    client.on("ncmd", (payload) => {
        commands.push(payload);
        if (payload.metrics?.some((m) => m.name === "Node Control/Rebirth" && m.value)) bear();
    });
    client.on("dcmd", (device, payload) => {
        commands.push({ device, ...payload });
        for (const m of payload.metrics) client.publishDeviceData(device, { timestamp: Date.now(), metrics: [metric(m.name, "String", m.value)] });
    });
}
const say = (...metrics) => client.publishDeviceData(machine.key, { timestamp: Date.now(), metrics });

const claims = [
    ["the host is born with a retained STATE that says online, and its time", async () => {
        await until("STATE says online", () => state?.online === true && state.timestamp > 0);
        const late = await broker.connect();
        const kept = await new Promise((resolve) => {
            late.on("message", (topic, payload, packet) => resolve({ packet, body: JSON.parse(payload) }));
            late.subscribe("spBv1.0/STATE/e2e", { qos: 1 });
        });
        late.end(true);
        if (!kept.packet.retain || kept.packet.qos !== 1 || !kept.body.online) throw new Error(JSON.stringify(kept));
    }],
    ["a foreign edge node is born with its device, and its values become samples", async () => {
        startEdge();
        await until("the node is online", async () => (await node9())?.online);
        await until("the value of the birth is there", async () => (await live())?.value === 20.5);
        if ((await live("pieces_total")).value !== -1) throw new Error("an Int16 of -1 was not sign-extended");
    }],
    ["its data follows, with the source's own time", async () => {
        const at = Date.now() + 5;
        say({ ...metric(tag, "Float", 33.25), timestamp: at });
        const t = await until("the new value is there", async () => ((await live())?.value === 33.25 ? live() : null));
        if (Date.parse(t.at) !== at) throw new Error(`measured at ${at}, kept as ${t.at}`);
    }],
    ["null, history, text and unknown metrics are counted and change no value", async () => {
        const before = (await feeds()).samples;
        say(metric(tag, "Float", null));
        say(metric(tag, "Float", 99, { isHistorical: true }));
        say(metric("colour", "String", "blue"));
        await until("all are counted", async () => {
            const now = (await feeds()).samples;
            return now.nulls > before.nulls && now.historical > before.historical && (now.rejected.unmapped ?? 0) > (before.rejected.unmapped ?? 0);
        });
        if ((await live()).value !== 33.25) throw new Error("the live value changed");
        if (!(await feeds()).rejected.some((r) => r.name === "colour" && r.reason === "unmapped")) throw new Error("not kept");
    }],
    ["bad quality is kept with its sample, and what is not finite is rejected", async () => {
        say(metric("power_kw", "Double", 7, { properties: { Quality: { type: "Int32", value: 0 } } }));
        await until("the sample is bad", async () => (await live("power_kw"))?.quality === 0);
        say(metric("power_kw", "Double", NaN));
        await until("NaN is rejected", async () => (await feeds()).samples.rejected.not_finite > 0);
    }],
    ["garbage is refused with its reason, and harms nobody", async () => {
        listener.publish(`spBv1.0/${group}/DDATA/${edge}/${machine.key}`, Buffer.from([0x0a, 0xff, 0xff, 0x01]));
        listener.publish(`spBv1.0/${group}/NBIRTH`, "x");
        listener.publish(`spBv1.0/${group}/DDATA/${edge}/${machine.key}`, Buffer.alloc(5 << 20, 0x12));
        await until("they are refused", async () => {
            const r = (await feeds()).samples.rejected;
            return r.bad_payload >= 2 && r.bad_topic >= 1;
        });
        say(metric(tag, "Float", 34));
        await until("values go on", async () => (await live())?.value === 34);
    }],
    ["a gap in the sequence is asked about, and mended by a rebirth", async () => {
        const asked = commands.length;
        const born = births;
        client.seq += 3;
        say(metric(tag, "Float", 35));
        await until("a rebirth is asked for", () => commands.slice(asked).some((c) => c.metrics?.[0]?.name === "Node Control/Rebirth" && (c.seq ?? null) === null));
        await until("it is born again", async () => births > born && (await node9()).gaps >= 1 && (await live())?.value === 20.5);
    }],
    ["a command goes to the device, and is done when its own tags say so", async () => {
        const hold = { action: "hold", reason: "a test", within_ms: 20000 };
        await node.post(`/api/v1/machines/${machine.key}/commands/control`, hold);
        await until("the device has it", () => commands.some((c) => c.metrics?.some((m) => m.name === "Control/Order" && m.value.includes('"hold"'))));
        await until("it is confirmed", async () => (await get(`/api/v1/machines/${machine.key}`)).control?.confirmed);
        const orders = commands.filter((c) => c.metrics?.some((m) => m.name === "Control/Order"));
        say(metric("Status/State", "Int32", 10));
        say(metric("Status/State", "Int32", 11));
        await until("it is done", async () => {
            const m = await get(`/api/v1/machines/${machine.key}`);
            return m.packml === "held" && !m.control;
        });
        if (orders.length !== 1) throw new Error(`written ${orders.length} times`);
    }],
    ["an edge node that dies leaves stale values, and is there again with its next birth", async () => {
        client.client.stream.destroy();
        await until("its values are stale", async () => (await live())?.quality === 500);
        await until("it has come back", async () => (await node9()).online && (await live())?.quality === 192);
        if ((await node9()).deaths < 1) throw new Error("no death was counted");
    }],
    ["a death of an earlier connection is ignored", async () => {
        const late = sparkplug.newClient({
            serverUrl: broker.url, username: "", password: "", groupId: group, edgeNode: edge,
            clientId: "ghost", version: "spBv1.0", publishDeath: false,
        });
        late.on("error", () => {});
        await new Promise((resolve) => late.on("connect", resolve));
        late.bdSeq = 77;
        late.publishNDeath(late.client);
        await until("it is counted", async () => (await node9()).stale_deaths >= 1);
        late.client.end();
        if (!(await node9()).online) throw new Error("the node was taken for dead");
    }],
    ["a device that dies is stale alone", async () => {
        client.publishDeviceDeath(machine.key, { timestamp: Date.now(), metrics: [] });
        await until("its values are stale", async () => (await live())?.quality === 500);
        const n = await node9();
        if (!n.online || n.devices.find((d) => d.device === machine.key).online) throw new Error(JSON.stringify(n));
        bear();
        await until("it is back", async () => (await live())?.quality === 192);
    }],
    ["a host that is told it is offline says that it is online, with the same time", async () => {
        const { timestamp } = state;
        listener.publish("spBv1.0/STATE/e2e", JSON.stringify({ online: false, timestamp: 1 }), { qos: 1, retain: true });
        await until("STATE says online again", () => state.online && state.timestamp === timestamp);
    }],
    ["a host that is killed is offline by its will, and asks for births when it is back", async () => {
        const born = births;
        await node.kill();
        await until("STATE says offline", () => state.online === false);
        await node.start();
        await until("STATE says online", () => state.online === true);
        say(metric(tag, "Float", 41));
        await until("the births are told again", async () => births > born && (await node9())?.online);
    }],
    ["a broker that is killed and comes back finds all of them again", async () => {
        await broker.kill();
        await until("the connection is lost", async () => !(await feeds()).connection.connected);
        await broker.start();
        await until("all is as it was", async () => (await feeds()).connection.connected && (await node9()).online);
        await until("STATE is retained anew", () => state.online);
        say(metric(tag, "Float", 42));
        await until("values go on", async () => (await live())?.value === 42);
        if ((await feeds()).connection.losses < 1) throw new Error("no loss was counted");
    }],
    ["a host that leaves says so, and when", async () => {
        const { timestamp } = state;
        await node.kill("SIGTERM");
        await until("STATE says offline", () => state.online === false && state.timestamp > timestamp);
    }],
];

await show(
    claims,
    async () => {
        await broker.start();
        node = new Node("--plant", gearworks, "--mqtt", broker.url, "--sparkplug-host", "e2e");
        await node.start();
        await listen();
    },
    () => {
        client?.client.end(true);
        listener?.end(true);
        node?.process?.kill("SIGKILL");
        broker.process?.kill("SIGKILL");
    },
);
