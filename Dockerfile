# The API, the worker and the one-off commands: one image, the command says which.

FROM node:24-bookworm-slim AS build
WORKDIR /surveyor
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json ./
COPY scripts scripts
COPY src src
COPY migrations migrations
RUN node scripts/build.mjs && npm prune --omit=dev --no-audit --no-fund

FROM node:24-bookworm-slim
ENV NODE_ENV=production
WORKDIR /surveyor
RUN install -d -o node -g node /var/lib/surveyor
COPY --from=build /surveyor/package.json ./
COPY --from=build /surveyor/node_modules node_modules
COPY --from=build /surveyor/dist dist
COPY bin bin
USER node
EXPOSE 8080 9464
ENTRYPOINT ["node", "bin/surveyor"]
CMD ["api"]
