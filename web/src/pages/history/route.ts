import { common } from "@/i18n/common";
import type { PageRoute } from "@/router";

export default { path: "/history/:kind/:key", name: "history", component: () => import("./HistoryPage.vue"), title: () => common("history") } satisfies PageRoute;
