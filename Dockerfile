# syntax=docker/dockerfile:1
# One file, three images: --target api, --target worker, and --target portal with --build-arg APP=dashboard|manage|dm.
# Node runs the TypeScript as it is, and refuses to do so under node_modules: the images keep the layout of the checkout,
# where workspace packages are symbolic links, and only development dependencies are left out.

FROM node:24-bookworm-slim AS base
ENV NEXT_TELEMETRY_DISABLED=1 TURBO_TELEMETRY_DISABLED=1 CHECKPOINT_DISABLE=1
WORKDIR /app

# ── everything that building needs ─────────────────────────────────────────────────────────────────────────────────
FROM base AS sources
# no schema engine is needed to generate the client, and none may be downloaded
ENV CI=true PRISMA_SCHEMA_ENGINE_BINARY=/bin/true
RUN npm install --global pnpm@12.21.0
COPY pnpm-lock.yaml pnpm-workspace.yaml ./
COPY patches patches
RUN pnpm fetch
COPY . .
RUN pnpm install --frozen-lockfile --offline
RUN pnpm exec turbo run generate

# ── API, workers and migrations ────────────────────────────────────────────────────────────────────────────────────
FROM sources AS server-files
RUN rm -rf node_modules apps/*/node_modules packages/*/node_modules bench e2e tooling \
  && pnpm install --prod --frozen-lockfile --offline --filter "@throughline/api..." --filter "@throughline/worker..." --filter "@throughline/demo..."

FROM base AS server
ENV NODE_ENV=production
# files of uploads, should STORAGE_DRIVER be disk: owned by the user that writes them, also in a new volume
RUN mkdir -p /data/storage && chown -R node:node /data
ENV STORAGE_DIR=/data/storage
COPY --from=server-files /app /app
USER node

FROM server AS api
ENV API_HOST=0.0.0.0 API_PORT=3003
EXPOSE 3003
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=6 CMD ["node", "scripts/healthcheck.mjs", "http://127.0.0.1:3003/health/ready"]
CMD ["node", "apps/api/src/main.ts"]

FROM server AS worker
ENV WORKER_HEALTH_PORT=3010
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=6 CMD ["node", "scripts/healthcheck.mjs", "http://127.0.0.1:3010/health/ready"]
CMD ["node", "--max-semi-space-size=32", "apps/worker/src/main.ts"]

# ── portals ────────────────────────────────────────────────────────────────────────────────────────────────────────
FROM sources AS portal-files
ARG APP
RUN test -n "$APP" && pnpm exec turbo run build --filter "./apps/$APP"
RUN rm -rf node_modules apps/*/node_modules packages/*/node_modules "apps/$APP/.next/cache" bench e2e tooling \
  && pnpm install --prod --frozen-lockfile --offline --filter "@throughline/$APP..."

FROM base AS portal
ARG APP
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000
# Next.js writes what it caches beside the build
COPY --from=portal-files --chown=node:node /app /app
USER node
WORKDIR /app/apps/${APP}
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=6 CMD ["node", "/app/scripts/healthcheck.mjs", "http://127.0.0.1:3000/healthz"]
CMD ["node", "server.ts"]
