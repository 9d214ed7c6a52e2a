// The web console in a real browser, on a node with a simulated plant: what a scheduling engineer does on a first morning.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import axe from "axe-core";
import { launch } from "./browser.mjs";
import { Node, gearworks, root, show, until } from "./mqtt_plant.mjs";

const pictures = process.env.TAKT_PICTURES ?? join(root, "build", "pictures");
mkdirSync(pictures, { recursive: true });
const node = new Node("--plant", gearworks, "--sim", "--speed", "60", "--seed", "7");
let browser;
let context;
let page;
let complaints = []; // what the browser's console says is wrong

/// What a node that is away leaves in the console is no fault of the page.
const ofAbsence = /ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_INCOMPLETE_CHUNKED|ERR_EMPTY_RESPONSE|Failed to fetch|network error/;

async function newPage(options = {}) {
    context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: "en-GB", ...options });
    const fresh = await context.newPage();
    fresh.setDefaultTimeout(30_000);
    fresh.on("console", (m) => m.type() === "error" && !ofAbsence.test(m.text()) && complaints.push(`${fresh.url()}: ${m.text()}`));
    fresh.on("pageerror", (e) => complaints.push(`${fresh.url()}: ${e.message}`));
    return fresh;
}

const open = async (path) => {
    await page.goto(node.url + path);
    await page.locator("h1").waitFor();
};
const must = (condition, what) => {
    if (!condition) throw new Error(what);
};
const quiet = (what) => {
    const said = complaints;
    complaints = [];
    must(said.length === 0, `${what}: the browser says ${said.slice(0, 3).join(" | ")}`);
};
const api = (path) => node.get(`/api/v1/${path}`);

/// A page of each kind, with keys that are there now.
async function everyPage() {
    const [order] = (await api("orders?limit=1")).items;
    const [lot] = (await api("lots?limit=1")).items;
    const [anomaly] = (await api("anomalies?limit=1")).items;
    return [
        "/", "/schedule", "/what-if", "/orders", `/orders/${order.key}`, "/floor/hobbing", "/cases",
        `/cases/${encodeURIComponent(anomaly.key)}`, `/trace/lot/${lot.key}`, "/stock", "/machines/H-301", "/history/machine/H-301",
    ];
}

const notice = (text) => page.locator(".notice", { hasText: text }).first().waitFor();
const board = () => api("schedules/plant/board");

/// An operation that may be dragged, with where its bar stands on the screen.
async function barToDrag() {
    const b = await board();
    const frozen = Date.parse(b.frozen_until);
    const taken = new Map();
    for (const j of b.jobs) for (const o of j.operations) if (o.machine && o.start) (taken.get(o.machine) ?? taken.set(o.machine, []).get(o.machine)).push({ j, o });
    const machines = [...b.machines].sort((x, y) => x.work_center.localeCompare(y.work_center) || x.machine.localeCompare(y.machine, undefined, { numeric: true })).map((m) => m.machine);
    for (const machine of machines) {
        const bars = taken.get(machine) ?? [];
        if (b.machines.find((m) => m.machine === machine).capacity > 1) continue;
        const last = bars.sort((x, y) => Date.parse(x.o.start) - Date.parse(y.o.start)).at(-1);
        if (!last || Date.parse(last.o.start) < frozen || !["waiting", "ready"].includes(last.o.status) || last.j.held) continue;
        if (last.j.operations[0] !== last.o) continue; // nothing before it that would be in the way
        return { machine, row: machines.indexOf(machine), id: `${last.j.work_order}/${last.o.operation}`, work_order: last.j.work_order, operation: last.o.operation, start: Date.parse(last.o.start), end: Date.parse(last.o.end) };
    }
    return undefined;
}

/// A board like the plant's own, made as large as a large plant's.
function manyOperations(b) {
    const now = Date.parse(b.now);
    const iso = (time) => new Date(time).toISOString();
    const machines = Array.from({ length: 400 }, (_, m) => ({ ...b.machines[m % b.machines.length], machine: `M-${1000 + m}`, work_center: `line-${10 + Math.floor(m / 20)}`, capacity: 1 }));
    const free = machines.map(() => now - 3_600_000);
    const jobs = Array.from({ length: 2500 }, (_, j) => ({
        work_order: `WO-${j}`, item: `I-${j % 40}`, due: iso(now + (j % 300) * 3_600_000), priority: 5, held: false,
        operations: Array.from({ length: 4 }, (__, k) => {
            const m = (j * 7 + k * 101) % 400;
            const start = free[m];
            free[m] += (20 + ((j * 13 + k * 29) % 100)) * 60_000;
            return { operation: String(10 + 10 * k), status: "waiting", quantity: 10, setup_family: "", machine: machines[m].machine, person: `O-${m % 60}`, start: iso(start), setup_end: iso(start + 600_000), end: iso(free[m]), unplanned: "", pinned: false, modes: [machines[m].machine] };
        }),
    }));
    return { ...b, machines, jobs };
}

/// In the page: scrolls and zooms for three seconds, as fast as frames come; how many came, and what drawing one took.
async function wheelAround() {
    const canvas = document.querySelector("canvas");
    const box = canvas.getBoundingClientRect();
    const drawn = [];
    const begun = performance.now();
    for (let i = 0; performance.now() - begun < 3000; ++i) {
        const zoom = i % 40 >= 30;
        const deltaY = zoom ? (i % 2 ? 40 : -40) : 60 * (Math.floor(i / 60) % 2 ? -1 : 1);
        canvas.dispatchEvent(new WheelEvent("wheel", { deltaY, deltaX: i % 40 < 15 ? 50 : -50, ctrlKey: zoom, clientX: box.x + 600, clientY: box.y + 300, bubbles: true, cancelable: true }));
        await new Promise(requestAnimationFrame);
        drawn.push(Number(document.querySelector("[data-frame]").dataset.frame));
    }
    drawn.sort((a, b) => a - b);
    const part = (share) => Number(drawn[Math.floor(drawn.length * share)].toFixed(1));
    return { perSecond: Math.round(drawn.length / 3), median: part(0.5), worst: part(0.95) };
}

await show(
    [
        ["every page has one heading, both languages, and nothing in the browser's console", async () => {
            for (const path of await everyPage()) {
                await open(path);
                await page.waitForTimeout(800);
                must((await page.locator("h1").count()) === 1, `${path} has ${await page.locator("h1").count()} headings`);
                must(!/^(|No such page)$/.test(await page.locator("h1").innerText()), `${path} has no heading of its own`);
                for (const language of ["中文", "English"]) must(await page.getByRole("button", { name: language, exact: true }).isVisible(), `${path} has no switch to ${language}`);
                must((await page.locator(".state.bad").count()) === 0, `${path}: ${(await page.locator(".state.bad").allInnerTexts()).join()}`);
                quiet(path);
            }
        }],
        ["every page looks as it should in both languages and both themes", async () => {
            for (const locale of ["en-GB", "zh-CN"]) {
                for (const colorScheme of ["light", "dark"]) {
                    const before = page;
                    page = await newPage({ locale, colorScheme });
                    for (const path of await everyPage()) {
                        await open(path);
                        await page.waitForTimeout(1200);
                        const name = path.split("/").slice(1, 2)[0] || "now";
                        await page.screenshot({ path: join(pictures, `${name}${path.split("/").length > 2 ? "-one" : ""}-${locale.slice(0, 2)}-${colorScheme}.png`) });
                        const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
                        must(!wide, `${path} is wider than the screen in ${locale}`);
                    }
                    await page.context().close();
                    page = before;
                }
            }
        }],
        ["axe finds nothing serious on any page, in light and dark", async () => {
            for (const colorScheme of ["light", "dark"]) {
                const before = page;
                page = await newPage({ colorScheme, bypassCSP: true });
                for (const path of await everyPage()) {
                    await open(path);
                    await page.waitForTimeout(1000);
                    await page.evaluate(axe.source);
                    const found = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
                    const serious = found.violations.filter((v) => ["serious", "critical"].includes(v.impact));
                    must(serious.length === 0, `${path} (${colorScheme}): ${serious.map((v) => `${v.id}: ${v.nodes[0].html.slice(0, 160)}`).join("; ")}`);
                }
                await page.context().close();
                page = before;
            }
        }],
        ["the first page takes less than 1.5 MB and can be used within two seconds", async () => {
            const before = page;
            page = await newPage();
            const client = await page.context().newCDPSession(page);
            await client.send("Network.enable");
            let bytes = 0;
            client.on("Network.loadingFinished", (e) => (bytes += e.encodedDataLength));
            const begun = Date.now();
            await page.goto(node.url);
            await page.locator(".tile").first().waitFor();
            const ms = Date.now() - begun;
            await page.waitForTimeout(1500);
            console.log(`        ${(bytes / 1e6).toFixed(2)} MB, machines shown after ${ms} ms`);
            must(bytes < 1.5e6, `it took ${bytes} bytes`);
            must(ms < Number(process.env.TAKT_PATIENCE_MS ?? 6000), `it took ${ms} ms`);
            await page.context().close();
            page = before;
        }],
        ["the language is switched at once, and is kept", async () => {
            await open("/orders");
            await page.getByRole("button", { name: "中文", exact: true }).click();
            must((await page.locator("h1").innerText()) === "订单", "the heading is not Chinese");
            must((await page.locator("html").getAttribute("lang")) === "zh-CN", "the document does not say so");
            await page.reload();
            await page.locator("h1", { hasText: "订单" }).waitFor();
            await page.getByRole("button", { name: "English", exact: true }).click();
            await page.locator("h1", { hasText: "Orders" }).waitFor();
        }],
        ["an order is placed with its date known while it is typed, and ships", async () => {
            await open("/orders?new=1");
            await page.locator(".form input[list=customers]").fill("C-ALPINA");
            await page.locator(".form select").selectOption("GR-40");
            await page.getByLabel("Quantity", { exact: true }).fill("2");
            await page.locator(".promise", { hasText: "Possible on" }).waitFor();
            await page.getByRole("button", { name: "Place order" }).click();
            await notice("is placed");
            const key = /Order (\S+) is placed/.exec(await page.locator(".notice").first().innerText())[1];
            await open(`/orders/${key}`);
            await page.locator("h1", { hasText: key }).waitFor();
            await until("it is shipped", async () => (await api(`orders/${key}`)).status === "shipped");
            await page.locator(".badge", { hasText: /^Shipped$/ }).waitFor(); // without a reload
            quiet("placing an order");
        }],
        ["a machine that breaks down has a case, loses its work to others, and works again", async () => {
            await open("/machines/H-302");
            await page.getByRole("button", { name: "Report a breakdown" }).click();
            await page.getByLabel("Reason").fill("spindle seized");
            await page.getByLabel("Expected minutes").fill("600");
            await page.getByRole("dialog").getByRole("button", { name: "Report a breakdown of" }).click();
            await notice("is told");
            await page.locator(".badge.bad", { hasText: "Down" }).first().waitFor();
            await open("/cases");
            await page.locator("tr.data", { hasText: "H-302" }).first().waitFor();
            await page.locator("tr.data", { hasText: "H-302" }).getByRole("link").first().click();
            await page.locator("h1", { hasText: "H-302" }).waitFor();
            await page.locator(".timeline", { hasText: "spindle seized" }).waitFor();
            await until("the plan is another one because of it", async () => {
                const b = await board();
                return b.jobs.every((j) => j.operations.every((o) => o.machine !== "H-302" || o.status !== "waiting" || Date.parse(o.start) > Date.parse(b.now) + 3_600_000));
            });
            await open("/schedule");
            await page.locator(".plan", { hasText: "H-302" }).first().waitFor();
            quiet("breaking a machine");
        }],
        ["an operation is dragged: the node says what that does, it is done, and undone", async () => {
            await open("/schedule");
            await page.locator("canvas").waitFor();
            await page.getByRole("button", { name: "Week", exact: true }).click();
            const bar = await until("there is something to drag", barToDrag);
            await page.locator("canvas").evaluate(() => new Promise((done) => setTimeout(done, 2500)));
            const box = await page.locator("canvas").boundingBox();
            // The chart shows a week on 900 pixels, begun an eighth before now, labels 168 and head 44 pixels.
            const now = Date.parse((await node.get("/healthz")).plant_time);
            const perPixel = (168 * 3_600_000) / 900;
            await page.locator("canvas").hover({ position: { x: 400, y: 100 } });
            await page.mouse.wheel(0, Math.max(0, bar.row * 28 - 200));
            await page.waitForTimeout(300);
            const top = Math.min(Math.max(0, bar.row * 28 - 200), Math.max(0, 40 * 28 - (box.height - 44)));
            const x = box.x + 168 + (bar.start - (now - (168 * 3_600_000) / 8)) / perPixel + 2;
            const y = box.y + 44 + bar.row * 28 - top + 14;
            await page.mouse.move(x, y);
            await page.mouse.down();
            await page.mouse.move(x + 10, y, { steps: 3 });
            await page.mouse.move(x + 24, y, { steps: 6 });
            await page.locator(".tip", { hasText: /Fits|cannot/ }).waitFor();
            const said = await page.locator(".tip").innerText();
            must(/Fits/.test(said), `the node says: ${said}`);
            await page.mouse.up();
            await notice("moved to");
            const moved = await until("it is pinned", async () => {
                const b = await board();
                return b.jobs.flatMap((j) => j.operations.map((o) => ({ ...o, id: `${j.work_order}/${o.operation}` }))).find((o) => o.pinned);
            });
            must(Date.parse(moved.start) !== bar.start || moved.id !== bar.id, "nothing moved");
            await page.locator(".notice").getByRole("button", { name: "Undo" }).first().click();
            await until("it is free again", async () => !(await board()).jobs.some((j) => j.operations.some((o) => o.pinned)));
            quiet("dragging");
        }],
        ["400 machines with 10 000 operations scroll and zoom smoothly", async () => {
            const before = page;
            page = await newPage();
            await page.route("**/api/v1/schedules/plant/board", async (route) => route.fulfill({ json: manyOperations(await (await route.fetch()).json()) }));
            await open("/schedule");
            await page.locator("footer", { hasText: "10,000 operations" }).waitFor();
            for (const span of ["8 h", "Day", "Week"]) {
                await page.getByRole("button", { name: span, exact: true }).click();
                await page.waitForTimeout(500);
                const seen = await page.evaluate(wheelAround);
                console.log(`        ${span}: ${seen.perSecond} frames a second, drawn in ${seen.median} ms (median), ${seen.worst} ms (95 %)`);
                must(seen.median < 16, `a frame of ${span} is drawn in ${seen.median} ms`);
            }
            await page.context().close();
            page = before;
        }],
        ["a what-if is asked and compared", async () => {
            await open("/what-if");
            await page.locator(".form select").first().selectOption({ label: "A machine is down" });
            await page.locator(".form select").nth(1).selectOption("G-503");
            await page.getByRole("button", { name: "Add", exact: true }).click();
            await page.getByLabel("Hours to look ahead").fill("12");
            await page.getByLabel("Runs by chance").fill("1");
            await page.getByRole("button", { name: "Run", exact: true }).click();
            await page.locator(".compare", { hasText: "Late orders" }).waitFor({ timeout: 120_000 });
            must(/id=\d+/.test(page.url()), "the answer has no address");
            quiet("a what-if");
        }],
        ["filters stand in the address, and are there again after a reload", async () => {
            await open("/orders");
            await page.getByLabel("Status").selectOption("all");
            await page.getByLabel("Order, customer, product…").fill("ALPINA");
            await page.locator("tr.data").first().waitFor();
            must(page.url().includes("status=all") && page.url().includes("q=ALPINA"), page.url());
            await page.reload();
            await page.locator("tr.data", { hasText: "ALPINA" }).first().waitFor();
            must((await page.locator("tr.data").allInnerTexts()).every((text) => text.includes("ALPINA")), "the filter is gone");
        }],
        ["a page says how old it is while its node is away, and goes on when it is back", async () => {
            await open("/");
            await page.locator(".tile").first().waitFor();
            await page.locator(".live[data-state=live]").waitFor();
            await node.kill();
            await page.locator(".live[data-state=lost]", { hasText: "Last update" }).waitFor();
            must((await page.locator(".tile").count()) === 40, "what was shown is gone");
            await node.start();
            await page.locator(".live[data-state=live]").waitFor({ timeout: 60_000 });
            const before = await page.locator(".clock").innerText();
            await page.waitForTimeout(4000);
            must((await page.locator(".clock").innerText()) !== before, "its clock stands");
            complaints = []; // what was asked while it was away
        }],
        ["everything in the navigation is reached with the keyboard", async () => {
            await open("/");
            await page.keyboard.press("Tab");
            const reached = new Set();
            for (let i = 0; i < 16; ++i) {
                await page.keyboard.press("Tab");
                reached.add(await page.evaluate(() => document.activeElement?.textContent?.trim()));
            }
            for (const name of ["Schedule", "Orders", "Cases", "Stock"]) must(reached.has(name), `${name} is not reached: ${[...reached].join()}`);
        }],
    ],
    async () => {
        await node.start();
        await until("the plant is at work", async () => (await api("overview")).machines.filter((m) => m.state === "execute").length >= 4);
        await node.post("/api/v1/anomalies/dispatch_unconfirmed:machine:H-301/commands/raise", { source: "machine/H-301", type: "dispatch_unconfirmed", severity: "info", detail: "a case to look at" });
        await until("there are lots, orders and a case", async () => (await api("lots?limit=1")).items.length && (await api("orders?limit=1")).items.length && (await api("anomalies?limit=1")).items.length);
        browser = await launch();
        page = await newPage();
    },
    () => {
        void browser?.close();
        node.process?.kill("SIGKILL");
    },
);
