// What the end-to-end tests over MQTT share: a broker of their own, a node, and patience.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import mqtt from "mqtt";

export const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
export const gearworks = join(root, "plants", "gearworks.json");
export const work = mkdtempSync(join(tmpdir(), "takt-mqtt-"));
const patience = 150000; // also under a sanitizer

export const freePort = () =>
    new Promise((resolve) => {
        const server = createServer().listen(0, "127.0.0.1", () => {
            const { port } = server.address();
            server.close(() => resolve(port));
        });
    });

/// Asks until the answer holds; says what did not happen.
export async function until(what, ask, within = patience) {
    const end = Date.now() + within;
    let last;
    while (Date.now() < end) {
        try {
            last = await ask();
            if (last) return last;
        } catch (error) {
            last = error;
        }
        await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`it did not happen that ${what}; last: ${last instanceof Error ? last : JSON.stringify(last)}`);
}

export const ended = (child) =>
    new Promise((resolve) => ((child.exitCode ?? child.signalCode) !== null ? resolve() : child.once("exit", resolve)));

export class Broker {
    async start() {
        this.port ??= await freePort();
        this.url = `mqtt://127.0.0.1:${this.port}`;
        const path = `${process.env.PATH}:/usr/sbin`;
        this.process = spawn("mosquitto", ["-p", String(this.port)], { stdio: "ignore", env: { ...process.env, PATH: path } });
        await until("the broker listens", async () => (await this.connect()).end(true));
    }
    async kill() {
        this.process.kill("SIGKILL");
        await ended(this.process);
    }
    /// A plain client, once it is connected.
    connect() {
        return new Promise((resolve, reject) => {
            const c = mqtt.connect(this.url, { reconnectPeriod: 0, connectTimeout: 2000 });
            c.once("connect", () => resolve(c));
            c.once("error", (error) => (c.end(true), reject(error)));
            c.once("close", () => reject(new Error("closed")));
        });
    }
}

export class Node {
    constructor(...options) {
        this.options = options;
        this.data = join(work, "data");
    }
    async start() {
        this.http ??= await freePort();
        const options = ["run", "--data", this.data, "--http", `127.0.0.1:${this.http}`, ...this.options];
        this.process = spawn(process.env.TAKT, options);
        this.said = "";
        for (const stream of [this.process.stdout, this.process.stderr]) stream.on("data", (text) => (this.said += text));
        this.url = await until("the node is ready", () => /ready at (http[^,\s]+)/.exec(this.said)?.[1]);
    }
    async kill(signal = "SIGKILL") {
        this.process.kill(signal);
        await ended(this.process);
    }
    get = async (path) => (await fetch(this.url + path)).json();
    post = async (path, body) => {
        const answer = await fetch(this.url + path, { method: "POST", body: JSON.stringify(body) });
        if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
        return answer.json();
    };
    feeds = () => this.get("/api/v1/feeds");
    machine = (key) => this.get(`/api/v1/machines/${key}`);
    live = async (key, tag) => (await this.machine(key)).live?.tags.find((t) => t.tag === tag);
}

/// Shows claims one after the other, ends with the line that counts them.
export async function show(claims, begin, end) {
    let passed = 0;
    let failed = 0;
    try {
        await begin();
        for (const [claim, shown] of claims) {
            try {
                await shown();
                ++passed;
                console.log(`ok      ${claim}`);
            } catch (error) {
                ++failed;
                console.log(`FAILED  ${claim}: ${error.message}`);
            }
        }
    } catch (error) {
        ++failed;
        console.log(String(error));
    } finally {
        end();
        rmSync(work, { recursive: true, force: true });
    }
    console.log(`${passed} passed, ${failed} failed`);
    process.exit(failed ? 1 : 0);
}
