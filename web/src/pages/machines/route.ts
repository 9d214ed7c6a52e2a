import { common } from "@/i18n/common";
import type { PageRoute } from "@/router";

export default [{ path: "/machines/:key", name: "machine", component: () => import("./MachinePage.vue"), title: () => common("machine") }] satisfies PageRoute[];
