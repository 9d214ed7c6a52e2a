import { common } from "@/i18n/common";
import type { PageRoute } from "@/router";

export default {
    path: "/what-if",
    name: "what-if",
    component: () => import("./WhatIfPage.vue"),
    menu: { order: 60, icon: "whatif", text: () => common("whatIf") },
    title: () => common("whatIf"),
} satisfies PageRoute;
