import { common } from "@/i18n/common";
import { workCentres } from "@/plant";
import type { PageRoute } from "@/router";

export default {
    path: "/floor/:workCentre",
    name: "floor",
    component: () => import("./FloorPage.vue"),
    menu: {
        order: 50,
        icon: "floor",
        text: () => common("floor"),
        // The terminal remembers where it stands.
        get to() {
            return `/floor/${encodeURIComponent(localStorage.getItem("takt.floor") ?? workCentres.value[0] ?? "all")}`;
        },
    },
    title: () => common("floor"),
} satisfies PageRoute;
