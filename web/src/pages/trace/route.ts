import { common } from "@/i18n/common";
import type { PageRoute } from "@/router";

export default [
    {
        path: "/trace",
        name: "trace",
        component: () => import("./StartPage.vue"),
        menu: { order: 90, icon: "trace", text: () => common("trace") },
        title: () => common("trace"),
    },
    { path: "/trace/:kind/:key", name: "trace-of", component: () => import("./TracePage.vue"), title: () => common("trace") },
] satisfies PageRoute[];
