import { colour } from "@/theme";
import { type Bar, firstSeen, type Row } from "./model";
import { headHeight, labelWidth, rowHeight, ticksOf, type View, xOf } from "./view";

export interface Scene {
    rows: readonly Row[];
    longest: number;
    view: View;
    width: number;
    height: number;
    now: number;
    frozenUntil: number;
    chosen?: Bar;
    hovered?: Bar;
    /** Operations of the hovered or chosen work order, by time: they are linked. */
    linked: readonly Bar[];
    drag?: { bar: Bar; row: number; start: number; feasible?: boolean; pushed: ReadonlySet<string> };
    dim: boolean; ///< what is not linked stands back
    letter: number; ///< how wide one is
    font: string; ///< its family
}

export interface Palette {
    [name: string]: string;
}

const names = ["bg", "surface", "surface-2", "line", "line-strong", "text", "text-2", "text-3", "accent", "accent-soft", "good", "good-soft", "busy-soft", "warn", "warn-soft", "bad", "bad-soft", "off", "off-soft"];

export function paletteNow(): Palette {
    return Object.fromEntries(names.map((n) => [n, colour(n)]));
}

let hatches: { of: string; setup: CanvasPattern; behind: CanvasPattern; late: CanvasPattern } | undefined;

/** Small tiles of slanting lines: what differs only in colour would be the same to some. */
function hatch(context: CanvasRenderingContext2D, stroke: string, gap: number, ratio: number): CanvasPattern {
    const tile = document.createElement("canvas");
    tile.width = tile.height = gap * ratio;
    const c = tile.getContext("2d")!;
    c.scale(ratio, ratio);
    c.strokeStyle = stroke;
    c.lineWidth = 1;
    c.beginPath();
    for (const shift of [-gap, 0, gap]) {
        c.moveTo(shift, gap);
        c.lineTo(shift + gap, 0);
    }
    c.stroke();
    const pattern = context.createPattern(tile, "repeat")!;
    pattern.setTransform(new DOMMatrix().scale(1 / ratio));
    return pattern;
}

function hatchesOf(context: CanvasRenderingContext2D, p: Palette, ratio: number): NonNullable<typeof hatches> {
    const of = `${p.accent}${p.bg}${ratio}`;
    if (hatches?.of !== of) hatches = { of, setup: hatch(context, p["text-3"]!, 5, ratio), behind: hatch(context, p.warn!, 6, ratio), late: hatch(context, p.bad!, 4, ratio) };
    return hatches;
}

interface Look {
    fill: string;
    edge: string;
    text: string;
}

function lookOf(bar: Bar, p: Palette): Look {
    if (bar.operation.status === "done") return { fill: p["off-soft"]!, edge: p["line-strong"]!, text: p["text-2"]! };
    if (bar.late > 0) return { fill: p["bad-soft"]!, edge: p.bad!, text: p.text! };
    if (["running", "setup", "inspecting"].includes(bar.operation.status)) return { fill: p["good-soft"]!, edge: p.good!, text: p.text! };
    if (bar.job.held || bar.behind > 0) return { fill: p["warn-soft"]!, edge: p.warn!, text: p.text! };
    return { fill: p["accent-soft"]!, edge: p.accent!, text: p.text! };
}

export function laneBox(row: Row, lane: number, top: number): { y: number; height: number } {
    const inside = rowHeight - 6;
    const height = inside / row.lanes;
    return { y: top + 3 + lane * height, height: Math.max(2, height - (row.lanes > 1 ? 1 : 0)) };
}

function drawBar(c: CanvasRenderingContext2D, scene: Scene, row: Row, bar: Bar, y0: number, p: Palette, h: NonNullable<typeof hatches>): void {
    const x = xOf(scene.view, bar.start);
    const right = xOf(scene.view, bar.end);
    const width = Math.max(1, right - x);
    const { y, height } = laneBox(row, bar.lane, y0);
    const look = lookOf(bar, p);
    c.fillStyle = look.fill;
    c.fillRect(x, y, width, height);
    if (width < 3) {
        c.fillStyle = look.edge;
        c.fillRect(x, y, width, height);
        return;
    }
    const setup = xOf(scene.view, bar.setupEnd) - x;
    if (setup > 1.5) {
        c.fillStyle = h.setup;
        c.fillRect(x, y, Math.min(setup, width), height);
    }
    if ((bar.late > 0 || bar.behind > 0) && bar.operation.status !== "done") {
        c.fillStyle = bar.late > 0 ? h.late : h.behind;
        c.fillRect(x, y + height - Math.min(5, height), width, Math.min(5, height));
    }
    c.fillStyle = look.edge;
    c.fillRect(x, y, width, 1);
    c.fillRect(x, y + height - 1, width, 1);
    c.fillRect(x, y, 1, height);
    c.fillRect(x + width - 1, y, 1, height);
    if (["running", "setup"].includes(bar.operation.status)) {
        c.fillStyle = look.edge;
        c.fillRect(x, y, 3, height);
    }
    if (bar.operation.pinned && width > 8) {
        c.fillStyle = p.text!;
        c.beginPath();
        c.arc(right - 6, y + 6, 2.5, 0, 7);
        c.fill();
        c.fillRect(right - 6.5, y + 6, 1, 6);
    }
    if (width > 36 && height >= 12) {
        c.fillStyle = look.text;
        const room = width - 9 - (bar.operation.pinned ? 8 : 0);
        const most = Math.floor(room / scene.letter);
        const text = row.key === bar.job.work_order ? `${bar.operation.operation} ${bar.operation.machine}` : bar.id;
        c.fillText(text.length > most ? `${text.slice(0, Math.max(1, most - 2))}…` : text, x + 5, y + height / 2 + 0.5);
    }
}

function drawSpans(c: CanvasRenderingContext2D, scene: Scene, row: Row, y: number, p: Palette, h: NonNullable<typeof hatches>): void {
    const { view, width } = scene;
    for (const span of row.off) {
        const x = Math.max(labelWidth, xOf(view, span.from));
        const to = Math.min(width, xOf(view, span.to));
        if (to <= x) continue;
        c.fillStyle = p["surface-2"]!;
        c.fillRect(x, y, to - x, rowHeight);
    }
    for (const span of row.down) {
        const x = Math.max(labelWidth, xOf(view, span.from));
        const to = Math.min(width, xOf(view, span.to));
        if (to <= x) continue;
        const broken = span.why === "down";
        c.fillStyle = broken ? p["bad-soft"]! : p["warn-soft"]!;
        c.fillRect(x, y + 1, to - x, rowHeight - 2);
        c.fillStyle = broken ? h.late : h.setup;
        c.fillRect(x, y + 1, to - x, rowHeight - 2);
    }
}

type Ticks = ReturnType<typeof ticksOf>;

function drawHead(c: CanvasRenderingContext2D, scene: Scene, p: Palette, { ticks, days }: Ticks): void {
    const { view, width } = scene;
    c.fillStyle = p.surface!;
    c.fillRect(0, 0, width, headHeight);
    c.font = `12px ${scene.font}`;
    c.fillStyle = p["text-2"]!;
    for (const t of ticks) {
        const x = xOf(view, t.time);
        if (x < labelWidth - 1) continue;
        c.fillText(t.text, x + 4, 32);
    }
    c.fillStyle = p.text!;
    days.forEach((d, i) => {
        const next = days[i + 1];
        const x = Math.max(labelWidth, xOf(view, d.time));
        const end = next ? xOf(view, next.time) : width;
        if (end - x > 64) c.fillText(d.text, x + 4, 13);
    });
    c.strokeStyle = p["line-strong"]!;
    c.beginPath();
    c.moveTo(0, headHeight - 0.5);
    c.lineTo(width, headHeight - 0.5);
    c.stroke();
}

function drawGrid(c: CanvasRenderingContext2D, scene: Scene, p: Palette, { ticks, days }: Ticks): void {
    const { view, height } = scene;
    c.strokeStyle = p.line!;
    c.lineWidth = 1;
    c.beginPath();
    for (const t of ticks) {
        const x = Math.round(xOf(view, t.time)) + 0.5;
        if (x < labelWidth) continue;
        c.moveTo(x, headHeight);
        c.lineTo(x, height);
    }
    c.stroke();
    c.strokeStyle = p["line-strong"]!;
    c.beginPath();
    for (const d of days) {
        const x = Math.round(xOf(view, d.time)) + 0.5;
        if (x < labelWidth) continue;
        c.moveTo(x, 0);
        c.lineTo(x, height);
    }
    c.stroke();
}

function drawFrozen(c: CanvasRenderingContext2D, scene: Scene, p: Palette): void {
    const from = Math.max(labelWidth, xOf(scene.view, scene.now));
    const to = Math.min(scene.width, xOf(scene.view, scene.frozenUntil));
    if (to <= from) return;
    c.globalAlpha = 0.1;
    c.fillStyle = p.accent!;
    c.fillRect(from, headHeight, to - from, scene.height - headHeight);
    c.globalAlpha = 1;
}

function drawNow(c: CanvasRenderingContext2D, scene: Scene, p: Palette): void {
    const x = xOf(scene.view, scene.now);
    if (x < labelWidth || x > scene.width) return;
    c.strokeStyle = p.bad!;
    c.lineWidth = 2;
    c.beginPath();
    c.moveTo(x, headHeight - 8);
    c.lineTo(x, scene.height);
    c.stroke();
    c.fillStyle = p.bad!;
    c.beginPath();
    c.moveTo(x - 5, headHeight - 9);
    c.lineTo(x + 5, headHeight - 9);
    c.lineTo(x, headHeight - 2);
    c.fill();
}

function drawLinks(c: CanvasRenderingContext2D, scene: Scene, p: Palette): void {
    const y = (bar: Bar): number => headHeight + bar.row * rowHeight - scene.view.top + rowHeight / 2;
    c.strokeStyle = p.text!;
    c.lineWidth = 1.25;
    for (let i = 1; i < scene.linked.length; ++i) {
        const a = scene.linked[i - 1]!;
        const b = scene.linked[i]!;
        const x1 = xOf(scene.view, a.end);
        const x2 = xOf(scene.view, b.start);
        const bend = Math.max(12, Math.abs(x2 - x1) / 2);
        c.beginPath();
        c.moveTo(x1, y(a));
        c.bezierCurveTo(x1 + bend, y(a), x2 - bend, y(b), x2, y(b));
        c.stroke();
        c.beginPath();
        c.moveTo(x2, y(b));
        c.lineTo(x2 - 5, y(b) - 3);
        c.lineTo(x2 - 5, y(b) + 3);
        c.fillStyle = p.text!;
        c.fill();
    }
}

function drawLabels(c: CanvasRenderingContext2D, scene: Scene, first: number, last: number, p: Palette): void {
    c.fillStyle = p.surface!;
    c.fillRect(0, headHeight, labelWidth, scene.height - headHeight);
    const font = scene.font;
    for (let i = first; i < last; ++i) {
        const row = scene.rows[i]!;
        const y = headHeight + i * rowHeight - scene.view.top;
        c.font = `600 12px ${font}`;
        c.fillStyle = p.text!;
        c.fillText(row.label.slice(0, 20), 12, y + rowHeight / 2);
        const used = c.measureText(row.label.slice(0, 20)).width;
        if (labelWidth - used > 60) {
            c.font = `11px ${font}`;
            c.fillStyle = p["text-3"]!;
            const most = Math.floor((labelWidth - used - 28) / 6);
            c.fillText(row.note.length > most ? `${row.note.slice(0, most - 1)}…` : row.note, 12 + used + 8, y + rowHeight / 2);
        }
        c.strokeStyle = row.first && i > 0 ? p["line-strong"]! : p.line!;
        c.lineWidth = 1;
        c.beginPath();
        c.moveTo(0, Math.round(y) + 0.5);
        c.lineTo(scene.width, Math.round(y) + 0.5);
        c.stroke();
    }
    c.strokeStyle = p["line-strong"]!;
    c.beginPath();
    c.moveTo(labelWidth - 0.5, 0);
    c.lineTo(labelWidth - 0.5, scene.height);
    c.stroke();
}

function drawDrag(c: CanvasRenderingContext2D, scene: Scene, p: Palette): void {
    const { drag, view } = scene;
    if (!drag) return;
    const x = xOf(view, drag.start);
    const width = (drag.bar.end - drag.bar.start) / view.perPixel;
    const y = headHeight + drag.row * rowHeight - view.top + 2;
    const tone = drag.feasible === undefined ? p["text-2"]! : drag.feasible ? p.good! : p.bad!;
    c.globalAlpha = 0.85;
    c.fillStyle = p.surface!;
    c.fillRect(x, y, width, rowHeight - 4);
    c.globalAlpha = 1;
    c.strokeStyle = tone;
    c.lineWidth = 2;
    c.setLineDash(drag.feasible === false ? [4, 3] : []);
    c.strokeRect(x, y, width, rowHeight - 4);
    c.setLineDash([]);
    c.fillStyle = tone;
    c.fillText(drag.bar.id, x + 5, y + (rowHeight - 4) / 2);
}

/** Draws all that is seen. What it takes grows with what is seen, not with the plan. */
export function paint(c: CanvasRenderingContext2D, scene: Scene, p: Palette, ratio: number): void {
    const { view, width, height, rows } = scene;
    const h = hatchesOf(c, p, ratio);
    c.setTransform(ratio, 0, 0, ratio, 0, 0);
    c.textBaseline = "middle";
    c.fillStyle = p.surface!;
    c.fillRect(0, 0, width, height);
    const first = Math.max(0, Math.floor(view.top / rowHeight));
    const last = Math.min(rows.length, Math.ceil((view.top + height - headHeight) / rowHeight));
    const to = view.from + (width - labelWidth) * view.perPixel;
    const ticks = ticksOf(view, width);
    c.save();
    c.beginPath();
    c.rect(0, headHeight, width, height - headHeight);
    c.clip();
    for (let i = first; i < last; ++i) drawSpans(c, scene, rows[i]!, headHeight + i * rowHeight - view.top, p, h);
    drawGrid(c, scene, p, ticks);
    drawFrozen(c, scene, p);
    c.font = `11px ${scene.font}`;
    const strong = new Set(scene.linked);
    for (let i = first; i < last; ++i) {
        const row = rows[i]!;
        const y = headHeight + i * rowHeight - view.top;
        for (let n = firstSeen(row.bars, view.from, scene.longest); n < row.bars.length; ++n) {
            const bar = row.bars[n]!;
            if (bar.start > to) break;
            if (bar.end < view.from) continue;
            const pushed = scene.drag?.pushed.has(bar.id);
            c.globalAlpha = scene.dim && !strong.has(bar) && !pushed ? 0.35 : 1;
            drawBar(c, scene, row, bar, y, p, h);
            c.globalAlpha = 1;
            if (bar !== scene.chosen && bar !== scene.hovered && !pushed) continue;
            const { y: top, height: tall } = laneBox(row, bar.lane, y);
            c.strokeStyle = pushed ? p.warn! : p.text!;
            c.lineWidth = 2;
            c.strokeRect(xOf(view, bar.start) - 1, top - 1, Math.max(3, (bar.end - bar.start) / view.perPixel) + 2, tall + 2);
        }
    }
    drawLinks(c, scene, p);
    drawNow(c, scene, p);
    drawDrag(c, scene, p);
    drawLabels(c, scene, first, last, p);
    c.restore();
    drawHead(c, scene, p, ticks);
    c.save();
    c.beginPath();
    c.rect(labelWidth, 0, width, headHeight);
    c.clip();
    drawNow(c, { ...scene, height: headHeight }, p);
    c.restore();
}
