import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const server = process.env.PARCOURS_URL ?? 'http://localhost:5080';

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  // The server replaces it in every answer (src/Parcours/Web/Application.cs).
  html: { cspNonce: '__CSP_NONCE__' },
  build: {
    outDir: '../src/Parcours/wwwroot',
    emptyOutDir: true,
    // Nothing inline: the content security policy lets through what this host serves, and no data: but images.
    assetsInlineLimit: 0,
  },
  server: {
    port: 5173,
    // The name stays that of the browser's address: the server compares it with the origin of each write.
    proxy: Object.fromEntries(
      ['/api', '/openapi', '/healthz', '/readyz', '/v1', '/signin', '/sign-out'].map((path) => [path, { target: server }]),
    ),
  },
  test: {
    environment: 'jsdom',
    setupFiles: ['src/test/setup.ts'],
    include: ['src/**/*.test.{ts,tsx}'],
    restoreMocks: true,
    testTimeout: 20_000,
  },
});
