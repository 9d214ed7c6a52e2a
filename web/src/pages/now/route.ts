import { common } from "@/i18n/common";
import type { PageRoute } from "@/router";

export default {
    path: "/",
    name: "now",
    component: () => import("./NowPage.vue"),
    menu: { order: 10, icon: "now", text: () => common("now") },
    title: () => common("now"),
} satisfies PageRoute;
