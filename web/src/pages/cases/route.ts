import { common } from "@/i18n/common";
import type { PageRoute } from "@/router";

export default [
    {
        path: "/cases",
        name: "cases",
        component: () => import("./CasesPage.vue"),
        menu: { order: 40, icon: "cases", text: () => common("cases") },
        title: () => common("cases"),
    },
    { path: "/cases/:key", name: "case", component: () => import("./CasePage.vue"), title: () => common("case") },
] satisfies PageRoute[];
