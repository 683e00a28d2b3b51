# Go alone builds the binary: the page's files are committed.
FROM golang:1.26-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
ARG RELEASE=
RUN CGO_ENABLED=0 go build -trimpath -ldflags "-s -w -X main.release=${RELEASE}" -o /parley ./cmd/parley \
    && mkdir -m 700 /data

FROM gcr.io/distroless/static-debian12:nonroot
COPY --from=build /parley /parley
COPY --from=build --chown=nonroot:nonroot /data /data
ENV PARLEY_LISTEN=0.0.0.0:8080 PARLEY_DATA=/data
VOLUME /data
EXPOSE 8080
# Running turns get 20 s when the container stops: docker stop --time 30.
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=6s --start-period=15s --retries=3 CMD ["/parley", "health"]
ENTRYPOINT ["/parley"]
CMD ["serve"]
