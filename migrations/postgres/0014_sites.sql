-- +goose Up
-- What sites choose while the server runs, on top of the configuration. Every
-- change is a row of site_changes, written in the same transaction; its last
-- number tells other processes whether to read again.
create table site_settings (
    tenant  text    not null primary key,
    version integer not null, -- grows by one with each save
    chosen  text    not null  -- JSON
);

-- API keys are kept as SHA-256, in hex; secrets of JWTs sealed, see web/auth.
create table site_keys (
    tenant  text        not null,
    id      text        not null,
    kind    text        not null, -- api, jwt
    name    text        not null,
    hint    text        not null, -- its last characters
    secret  text        not null,
    maker   text        not null, -- the operator's id
    created timestamptz not null,
    until   timestamptz,          -- null for no end
    used    timestamptz,          -- to about a minute
    primary key (tenant, id)
);

create table site_changes (
    seq     bigint      generated always as identity primary key,
    tenant  text        not null,
    at      timestamptz not null,
    actor   text        not null, -- the operator's id
    name    text        not null, -- their name then
    what    text        not null,
    version integer     not null, -- of the settings after it
    detail  text        not null  -- JSON, without secrets
);
create index site_changes_listed on site_changes (tenant, seq);

alter table operators add column seen timestamptz; -- the last use of any session, to about a minute
alter table webhook_deliveries add column answer integer not null default 0; -- HTTP status of the last attempt, 0 for none

-- +goose Down
alter table webhook_deliveries drop column answer;
alter table operators drop column seen;
drop table site_changes;
drop table site_keys;
drop table site_settings;
