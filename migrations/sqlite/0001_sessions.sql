-- +goose Up
create table meta (
    key   text primary key,
    value text not null
) without rowid;
-- The epoch names this database's history. Restoring a backup must change it:
-- see docs/architecture.md.
insert into meta (key, value) values ('epoch', lower(hex(randomblob(16))));

-- Times are microseconds since 1970 in UTC, as precise as PostgreSQL's.
create table sessions (
    tenant      text    not null,
    id          text    not null,
    owner       text    not null,
    role        text    not null,
    title       text    not null default '',
    locale      text    not null default '',
    time_zone   text    not null default '',
    leaf        text    not null default '',
    last_offset integer not null default 0,
    created     integer not null,
    updated     integer not null,
    -- a response is running or a message waits for one
    unfinished  integer not null default 0,
    primary key (tenant, id)
) without rowid;
create index sessions_by_owner on sessions (tenant, owner, updated desc);
create index sessions_unfinished on sessions (updated) where unfinished = 1;

create table messages (
    seq      integer primary key,
    tenant   text    not null,
    session  text    not null,
    id       text    not null,
    parent   text    not null default '',
    text     text    not null,
    workflow text    not null default '',
    created  integer not null,
    unique (tenant, session, id),
    foreign key (tenant, session) references sessions (tenant, id) on delete cascade
);

create table responses (
    seq         integer primary key,
    tenant      text    not null,
    session     text    not null,
    id          text    not null,
    message     text    not null,
    status      text    not null,
    created     integer not null,
    body        text    not null, -- JSON of sessions.Response
    annotations text    not null default '',
    unique (tenant, session, id),
    foreign key (tenant, session, message) references messages (tenant, session, id) on delete cascade
);

create index responses_by_message on responses (tenant, session, message);

create table drafts (
    seq     integer primary key,
    tenant  text    not null,
    session text    not null,
    id      text    not null,
    version integer not null,
    kind    text    not null,
    message text    not null,
    created integer not null,
    body    text    not null, -- JSON of sessions.Draft
    unique (tenant, session, id, version),
    foreign key (tenant, session) references sessions (tenant, id) on delete cascade
);
create index drafts_by_id on drafts (tenant, id);

create table feedback (
    tenant   text    not null,
    session  text    not null,
    response text    not null,
    rating   text    not null,
    reason   text    not null default '',
    comment  text    not null default '',
    created  integer not null,
    primary key (tenant, session, response),
    foreign key (tenant, session, response) references responses (tenant, session, id) on delete cascade
) without rowid;

create table events (
    tenant   text    not null,
    session  text    not null,
    "offset" integer not null,
    type     text    not null,
    data     text    not null, -- JSON object
    primary key (tenant, session, "offset"),
    foreign key (tenant, session) references sessions (tenant, id) on delete cascade
) without rowid;

-- +goose Down
drop table events;
drop table feedback;
drop table drafts;
drop table responses;
drop table messages;
drop table sessions;
drop table meta;
