import { common } from "@/i18n/common";
import type { PageRoute } from "@/router";

export default {
    path: "/stock",
    name: "stock",
    component: () => import("./StockPage.vue"),
    menu: { order: 80, icon: "stock", text: () => common("stock") },
    title: () => common("stock"),
} satisfies PageRoute;
