// Debian's Prometheus against a running plant with deploy/'s own files: every expression of every rule and panel parses, and
// says something about a plant that is running.
import { spawn, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Broker, Node, freePort, gearworks, root, show, until, work } from "./mqtt_plant.mjs";

const deploy = join(root, "deploy");
const read = (...path) => readFileSync(join(root, ...path), "utf8");
const promtool = (...args) => {
    const done = spawnSync("promtool", args, { encoding: "utf8" });
    if (done.status !== 0) throw new Error(`promtool ${args.join(" ")}: ${done.error ?? ""}${done.stdout}${done.stderr}`);
};

// Rightly empty while all is well, each with its reason. An alert's own expression is empty as long as it is quiet.
const may_be_empty = {
    takt_feed_samples_rejected_total: "there is a value only for reasons that have occurred, and none is rejected",
    takt_anomalies_closed_total: "no case is over so soon",
};

let node, prometheus, url;
const broker = new Broker();

/// The plant of the tests with a Modbus device that nobody answers for.
function plant_file() {
    const plant = JSON.parse(readFileSync(gearworks, "utf8"));
    const registers = [{ address: 0, source: `machine/${plant.machines[0].key}`, tag: "oil_celsius" }];
    plant.feeds = { modbus: [{ name: "press", host: "127.0.0.1", port: 9, registers }] };
    const file = join(work, "plant.json");
    writeFileSync(file, JSON.stringify(plant));
    return file;
}

async function start_prometheus() {
    const dir = join(work, "prometheus");
    mkdirSync(dir, { recursive: true });
    cpSync(join(deploy, "rules"), join(dir, "rules"), { recursive: true });
    const config = read("deploy", "prometheus.yml").replaceAll("15s", "1s").replace("127.0.0.1:8080", new URL(node.url).host);
    writeFileSync(join(dir, "prometheus.yml"), config);
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    prometheus = spawn("prometheus", [`--config.file=${join(dir, "prometheus.yml")}`, `--storage.tsdb.path=${join(dir, "data")}`,
        `--web.listen-address=127.0.0.1:${port}`, "--log.level=warn"], { stdio: ["ignore", "ignore", "inherit"] });
    await until("Prometheus is ready", async () => (await fetch(`${url}/-/ready`)).ok);
}

async function ask(expr) {
    const answer = await (await fetch(`${url}/api/v1/query`, { method: "POST", body: new URLSearchParams({ query: expr }) })).json();
    if (answer.status !== "success") throw new Error(`${answer.error}: ${expr}`);
    return answer.data.result;
}

const rules = async () => (await (await fetch(`${url}/api/v1/rules`)).json()).data.groups.flatMap((g) => g.rules);

/// Every expression of every dashboard, with Grafana's variables as a person has them at first.
function panels() {
    return readdirSync(join(deploy, "grafana", "dashboards")).flatMap((file) =>
        JSON.parse(read("deploy", "grafana", "dashboards", file)).panels.filter((p) => p.targets).flatMap((p) => p.targets.map((t) => ({
            where: `${file}: ${p.title}`,
            expr: t.expr.replaceAll("$__rate_interval", "20s").replaceAll("$instance", ".*").replaceAll("$work_center", ".*"),
        }))));
}

const excused = (expr) => Object.keys(may_be_empty).some((name) => expr.includes(name));

async function empty_ones(all) {
    const empty = [];
    for (const { where, expr } of all) if (!excused(expr) && (await ask(expr)).length === 0) empty.push(`${where}: ${expr}`);
    return empty;
}

/// Names of metrics and rules in an expression.
const names = (expr) => [...new Set(expr.replace(/"[^"]*"/g, "").match(/\b[a-z_]*:?takt_[a-z0-9_]+(:[a-z0-9_]+)?/g) ?? [])];

await show(
    [
        ["promtool accepts configuration and rules, and each alert fires and is quiet as its test says", async () => {
            promtool("check", "config", join(deploy, "prometheus.yml"));
            promtool("test", "rules", join(deploy, "rules", "alerts_test.yml"));
        }],
        ["each alert has a runbook and two tests", async () => {
            const alerts = [...read("deploy", "rules", "alerts.yml").matchAll(/- alert: (\w+)/g)].map((m) => m[1]);
            const tests = read("deploy", "rules", "alerts_test.yml");
            for (const a of alerts) {
                for (const part of ["## Meaning", "## First look", "## Action"])
                    if (!read("docs", "runbooks", `${a}.md`).includes(part)) throw new Error(`docs/runbooks/${a}.md lacks ${part}`);
                for (const which of ["fires", "is quiet"]) if (!tests.includes(`- name: ${a} ${which}\n`)) throw new Error(`no test that ${a} ${which}`);
            }
        }],
        ["every rule is evaluated without an error", async () => {
            await until("Prometheus has evaluated all rules", async () => (await rules()).every((r) => r.health !== "unknown"));
            const bad = (await rules()).filter((r) => r.health !== "ok");
            if (bad.length > 0) throw new Error(JSON.stringify(bad.map((r) => [r.name, r.lastError])));
        }],
        ["every metric that a rule names is there", async () => {
            const wanted = [...new Set((await rules()).flatMap((r) => names(r.query)))].map((name) => ({ where: "rules", expr: name }));
            // Histograms are named by their parts, so the names are those of series.
            await until("all metrics of the rules have values", async () => {
                const empty = await empty_ones(wanted);
                if (empty.length > 0) throw new Error(empty.join("\n"));
                return true;
            });
        }],
        ["every panel shows something for a plant that runs", async () => {
            await until("all panels have values", async () => {
                const empty = await empty_ones(panels());
                if (empty.length > 0) throw new Error(empty.join("\n"));
                return true;
            });
        }],
        ["nothing alerts that should call somebody", async () => {
            const calls = await ask('ALERTS{alertstate="firing",severity="critical"}');
            if (calls.length > 0) throw new Error(JSON.stringify(calls.map((c) => c.metric)));
        }],
    ],
    async () => {
        await broker.start();
        node = new Node("--plant", plant_file(), "--sim", "--speed", "240", "--seed", "7", "--scenario", join(root, "sim", "scenarios", "breakdowns.json"), "--mqtt", broker.url, "--sparkplug-host", "takt-e2e");
        await node.start();
        await start_prometheus();
    },
    () => {
        for (const child of [prometheus, node?.process, broker.process]) child?.kill("SIGKILL");
    },
);
