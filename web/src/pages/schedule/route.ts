import { common } from "@/i18n/common";
import type { PageRoute } from "@/router";

export default {
    path: "/schedule",
    name: "schedule",
    component: () => import("./SchedulePage.vue"),
    menu: { order: 20, icon: "schedule", text: () => common("schedule") },
    title: () => common("schedule"),
} satisfies PageRoute;
