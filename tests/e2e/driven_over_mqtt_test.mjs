// The simulated floor in a process of its own, driven over a real broker, while the broker and the node are killed: no
// job is lost, none is done twice, and the journal keeps every law.
import { spawn, spawnSync } from "node:child_process";
import { Broker, Node, ended, gearworks, show, until } from "./mqtt_plant.mjs";

const broker = new Broker();
let node;
let floor;
const completed = async () => {
    let sum = 0;
    for (const m of (await node.get("/api/v1/machines?limit=200")).items) sum += m.completed;
    return sum;
};
const more = async (what, jobs) => {
    const before = await completed();
    await until(`${jobs} jobs are completed ${what}`, async () => (await completed()) >= before + jobs);
};

await show(
    [
        ["machines get their jobs and report them over the broker", () => more("over the broker", 5)],
        ["a broker that is killed is gone on with", async () => {
            await broker.kill();
            await until("the node has noticed", async () => !(await node.feeds()).connection.connected);
            await broker.start();
            await until("the floor is born again", async () => (await node.feeds()).edge_nodes[0]?.births >= 2);
            await more("after the broker", 3);
        }],
        ["a node that is killed goes on with the jobs that the machines have", async () => {
            await node.kill();
            await node.start();
            await until("the floor is born again", async () => (await node.feeds()).edge_nodes[0]?.online);
            await more("after the node", 3);
        }],
        ["nothing was lost or done twice", async () => {
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
        await broker.start();
        node = new Node("--plant", gearworks, "--speed", "300", "--mqtt", broker.url, "--sparkplug-host", "e2e");
        await node.start();
        const sim = ["sim", "--url", node.url, "--plant", gearworks, "--mqtt", broker.url, "--seed", "3"];
        floor = spawn(process.env.TAKT, sim, { stdio: "ignore" });
    },
    () => {
        floor?.kill("SIGKILL");
        node?.process?.kill("SIGKILL");
        broker.process?.kill("SIGKILL");
    },
);
