-- +goose Up
create extension if not exists vector;

create table meta (
    key   text primary key,
    value text not null
);
-- The epoch names this database's history. Restoring a backup must change it:
-- see docs/architecture.md.
insert into meta (key, value) values ('epoch', replace(gen_random_uuid()::text, '-', ''));

create table sessions (
    tenant      text        not null,
    id          text        not null,
    owner       text        not null,
    role        text        not null,
    title       text        not null default '',
    locale      text        not null default '',
    time_zone   text        not null default '',
    leaf        text        not null default '',
    last_offset bigint      not null default 0,
    created     timestamptz not null,
    updated     timestamptz not null,
    -- the lease: fence grows with every holder and is never reset
    fence       bigint      not null default 0,
    holder      text        not null default '',
    lease_until timestamptz,
    -- a response is running or a message waits for one
    unfinished  boolean     not null default false,
    primary key (tenant, id)
);
create index sessions_by_owner on sessions (tenant, owner, updated desc);
create index sessions_unfinished on sessions (lease_until nulls first) where unfinished;

-- Texts that people and models write are stored as text, JSON among them: jsonb
-- refuses the character U+0000 and does not keep what it was given.
create table messages (
    tenant   text        not null,
    session  text        not null,
    id       text        not null,
    seq      bigint      generated always as identity,
    parent   text        not null default '',
    text     text        not null,
    workflow text        not null default '',
    created  timestamptz not null,
    primary key (tenant, session, id),
    foreign key (tenant, session) references sessions (tenant, id) on delete cascade
);

create table responses (
    tenant      text        not null,
    session     text        not null,
    id          text        not null,
    seq         bigint      generated always as identity,
    message     text        not null,
    status      text        not null,
    created     timestamptz not null,
    body        text        not null, -- JSON of sessions.Response
    annotations text        not null default '',
    primary key (tenant, session, id),
    foreign key (tenant, session, message) references messages (tenant, session, id) on delete cascade
);

create index responses_by_message on responses (tenant, session, message);

create table drafts (
    tenant  text        not null,
    session text        not null,
    id      text        not null,
    version integer     not null,
    seq     bigint      generated always as identity,
    kind    text        not null,
    message text        not null,
    created timestamptz not null,
    body    text        not null, -- JSON of sessions.Draft
    primary key (tenant, session, id, version),
    foreign key (tenant, session) references sessions (tenant, id) on delete cascade
);
create index drafts_by_id on drafts (tenant, id);

create table feedback (
    tenant   text        not null,
    session  text        not null,
    response text        not null,
    rating   text        not null,
    reason   text        not null default '',
    comment  text        not null default '',
    created  timestamptz not null,
    primary key (tenant, session, response),
    foreign key (tenant, session, response) references responses (tenant, session, id) on delete cascade
);

create table events (
    tenant  text   not null,
    session text   not null,
    "offset" bigint not null,
    type    text   not null,
    data    text   not null, -- JSON object
    primary key (tenant, session, "offset"),
    foreign key (tenant, session) references sessions (tenant, id) on delete cascade
);

-- +goose Down
drop table events, feedback, drafts, responses, messages, sessions, meta;
