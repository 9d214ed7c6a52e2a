import { createRouter, createWebHistory, type RouteRecordRaw } from "vue-router";

/** What a page's folder says of it in route.ts; see README.md. */
export interface PageRoute {
    path: string;
    name: string;
    component: RouteRecordRaw["component"];
    /** Its place in the navigation; a page without one is reached from others. */
    menu?: { order: number; icon: string; text: () => string; to?: string };
    /** Shown as the heading until the page itself says better. */
    title: () => string;
}

const found = import.meta.glob<{ default: PageRoute | PageRoute[] }>("./pages/*/route.ts", { eager: true });
export const pages: PageRoute[] = Object.values(found).flatMap((m) => m.default);
export const menu = pages.filter((p) => p.menu).sort((a, b) => (a.menu?.order ?? 0) - (b.menu?.order ?? 0));

export const router = createRouter({
    history: createWebHistory(),
    routes: [
        ...pages.map((p): RouteRecordRaw => ({ path: p.path, name: p.name, component: p.component!, meta: { title: p.title } })),
        { path: "/:rest(.*)*", name: "nowhere", component: () => import("./pages/NowhereView.vue"), meta: { title: () => "404" } },
    ],
});

declare module "vue-router" {
    interface RouteMeta {
        title?: () => string;
    }
}
