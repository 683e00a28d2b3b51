-- +goose Up
-- What a message brings beside its text, as JSON; '' for nothing.
alter table messages add column extra text not null default '';

-- The text of files that people upload into a conversation. The file itself is not kept.
create table files (
    tenant  text        not null,
    session text        not null,
    id      text        not null,
    name    text        not null,
    type    text        not null,
    text    text        not null,
    cut     boolean     not null,
    created timestamptz not null,
    primary key (tenant, session, id),
    foreign key (tenant, session) references sessions (tenant, id) on delete cascade
);

-- +goose Down
drop table files;
alter table messages drop column extra;
