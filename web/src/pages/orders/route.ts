import { common } from "@/i18n/common";
import type { PageRoute } from "@/router";

export default [
    {
        path: "/orders",
        name: "orders",
        component: () => import("./OrdersPage.vue"),
        menu: { order: 30, icon: "orders", text: () => common("orders") },
        title: () => common("orders"),
    },
    { path: "/orders/:key", name: "order", component: () => import("./OrderPage.vue"), title: () => common("order") },
] satisfies PageRoute[];
