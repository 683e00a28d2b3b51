-- +goose Up
-- Who may use the console: people who run the installation, of no site or of
-- some. Tokens and sessions are kept as SHA-256, in hex: whoever reads this
-- table can sign in with nothing of it.
create table operators (
    id      text    not null primary key,
    name    text    not null,
    email   text    not null, -- small letters, '' for none
    subject text    not null, -- of the identity provider: "ISSUER SUB", '' for none
    role    text    not null, -- viewer, reviewer, admin
    sites   text    not null, -- JSON of ids, [] for all
    created integer not null, -- microseconds since 1970
    revoked integer
);
create unique index operators_by_email on operators (email) where email <> '' and revoked is null;
create unique index operators_by_subject on operators (subject) where subject <> '' and revoked is null;

-- Each counts once, until it expires.
create table operator_tokens (
    hash      text    not null primary key,
    operator  text    references operators (id) on delete cascade, -- null for bootstrap
    bootstrap integer not null, -- 1: whoever has it becomes the first operator
    created   integer not null,
    expires   integer not null
);
create unique index operator_tokens_bootstrap on operator_tokens (bootstrap) where bootstrap = 1;
create index operator_tokens_by_operator on operator_tokens (operator);

create table operator_sessions (
    hash     text    not null primary key,
    operator text    not null references operators (id) on delete cascade,
    created  integer not null,
    seen     integer not null, -- the last use, to about a minute
    expires  integer not null
);
create index operator_sessions_by_operator on operator_sessions (operator);

-- +goose Down
drop table operator_sessions;
drop table operator_tokens;
drop table operators;
