import { vi } from "vitest";

// What a browser has and jsdom has not.
Object.defineProperty(window, "matchMedia", { value: () => ({ matches: false, addEventListener: vi.fn() }) });
Object.defineProperty(window, "ResizeObserver", { value: class { observe() {} disconnect() {} } });
