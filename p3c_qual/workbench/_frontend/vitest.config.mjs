import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // the tests are plain functions without a page; one process is quicker than one for each file
    environment: "node",
    isolate: false,
    maxWorkers: 1,
  },
});
