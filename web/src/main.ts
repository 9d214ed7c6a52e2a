import { createApp, watch } from "vue";
import App from "./App.vue";
import { stream } from "./api/stream";
import { loadPlant } from "./plant";
import { router } from "./router";
import "./style/tokens.css";
import "./style/base.css";
import "./style/controls.css";
import { startClock } from "./time/clock";
import { title } from "./title";

router.beforeEach((to, from) => {
    if (to.name !== from.name) title.value = to.meta.title?.() ?? "Takt";
});
watch(title, (text) => (document.title = text ? `${text} · Takt` : "Takt"), { immediate: true });

startClock();
void loadPlant();
stream.start();
createApp(App).use(router).mount("#app");
