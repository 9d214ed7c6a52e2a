// A node under load is killed with SIGKILL again and again. Whatever it had acknowledged is there afterwards, a repeated
// request gets its first answer, and the journal keeps every law.
//
// KILLS says how often (20); SEED which moments.
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const takt = process.env.TAKT;
const kills = Number(process.env.KILLS ?? 20);
let seed = Number(process.env.SEED ?? Date.now() % 100000);
const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const work = mkdtempSync(join(tmpdir(), "takt-kill-"));
const data = join(work, "data");
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const random = () => (seed = (seed * 48271) % 2147483647) / 2147483647;

let node;
let url;
const acknowledged = []; // {path, key, request, answer}
let serial = 0;

async function start() {
    const plant = join(root, "plants", "gearworks.json");
    node = spawn(takt, ["run", "--plant", plant, "--data", data, "--http", "127.0.0.1:0", "--sim", "--speed", "120"]);
    let said = "";
    node.stdout.on("data", (text) => (said += text));
    node.stderr.on("data", (text) => (said += text));
    for (let waited = 0; waited < 60000; waited += 50) {
        const ready = /ready at (http[^,\s]+)/.exec(said);
        if (ready) return void (url = ready[1]);
        if (node.exitCode !== null) break;
        await pause(50);
    }
    throw new Error(`the node did not get ready: ${said}`);
}

async function post(path, key, request) {
    const answer = await fetch(url + path, {
        method: "POST",
        headers: { "content-type": "application/json", "idempotency-key": `"${key}"` },
        body: JSON.stringify(request),
    });
    return { status: answer.status, body: await answer.json() };
}

function nextRequest() {
    const n = ++serial;
    if (n % 40 === 0) {
        const due = new Date(Date.UTC(2030, 0, 1 + (n % 28))).toISOString();
        return ["/api/v1/orders", { customer, product, quantity: 1 + (n % 3), due, priority: 1 }];
    }
    return [`/api/v1/bin/K-${n}/commands/define`, { zone: `zone-${n}` }];
}

/// Sends one request after the other until the node is gone; notes those that were answered.
async function client(running) {
    while (running.now) {
        const [path, request] = nextRequest();
        const key = `kill-${serial}-${path.length}`;
        try {
            const { status, body } = await post(path, key, request);
            if (status >= 200 && status < 300) acknowledged.push({ path, key, request, answer: JSON.stringify(body) });
            else if (status !== 503) throw new Error(`${path} was answered with ${status} ${JSON.stringify(body)}`);
        } catch (error) {
            if (error instanceof TypeError || error.cause) return; // the connection broke
            running.error = error;
            return;
        }
    }
}

async function checkThatAllIsThere(fromIndex) {
    for (const { path, request, answer } of acknowledged.slice(fromIndex)) {
        const where = path.includes("/commands/") ? path.replace(/\/commands\/.*/, "") : `${path}/${JSON.parse(answer).key}`;
        const found = await fetch(url + where);
        const state = await found.text();
        if (found.status !== 200) throw new Error(`${where} was acknowledged and is gone: ${found.status} ${state}`);
        const wanted = request.zone ?? request.product;
        if (!state.includes(JSON.stringify(wanted))) throw new Error(`${where} should have ${wanted}: ${state}`);
    }
    for (const { path, key, request, answer } of acknowledged.slice(-20)) {
        const again = await post(path, key, request);
        if (JSON.stringify(again.body) !== answer)
            throw new Error(`${path} with key ${key} first said ${answer}, now ${JSON.stringify(again.body)}`);
    }
}

function verify() {
    const { status, stdout, stderr } = spawnSync(takt, ["verify", "--data", data, "--json"], { maxBuffer: 1 << 26 });
    const result = status === 0 || stdout.length ? JSON.parse(stdout) : {};
    if (status !== 0) throw new Error(`verify: exit ${status} ${stderr} ${JSON.stringify(result, null, 1)}`);
    return result;
}

let customer;
let product;
try {
    console.log(`seed ${seed}`);
    const plant = JSON.parse((await import("node:fs")).readFileSync(join(root, "plants", "gearworks.json"), "utf8"));
    customer = plant.customers[0].key;
    product = plant.products.find((p) => p.finished).key;
    await start();
    for (let kill = 1; kill <= kills; ++kill) {
        const before = acknowledged.length;
        const running = { now: true };
        const clients = Array.from({ length: 16 }, () => client(running));
        await pause(300 + random() * 1200);
        node.kill("SIGKILL");
        running.now = false;
        await Promise.all(clients);
        if (running.error) throw running.error;
        if (node.exitCode === null && node.signalCode === null) await new Promise((resolve) => node.once("exit", resolve));
        const { records, effects_under_way: owed } = verify();
        await start();
        await checkThatAllIsThere(before);
        console.log(
            `kill ${kill}: ${acknowledged.length - before} acknowledged, all there; ${records} records, ${owed} effects under way, all laws hold`,
        );
        if (acknowledged.length === before) throw new Error("nothing was acknowledged: no load, no test");
    }
    await checkThatAllIsThere(0);
    console.log("1 passed, 0 failed");
} catch (error) {
    console.log(String(error));
    console.log("0 passed, 1 failed");
    process.exitCode = 1;
} finally {
    node?.kill("SIGKILL");
    rmSync(work, { recursive: true, force: true });
}
