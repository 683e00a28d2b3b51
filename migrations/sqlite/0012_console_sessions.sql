-- +goose Up
-- What the console lists and filters by, out of the JSON beside it.
alter table responses add column route text not null default '';
alter table responses add column problem text not null default ''; -- a code
update responses set route = coalesce(json_extract(body, '$.route'), ''), problem = coalesce(json_extract(body, '$.error.code'), '');

create index sessions_by_activity on sessions (tenant, updated, id);
-- All that a list shows of a session's responses, without their rows.
create index responses_at_a_glance on responses (tenant, session, seq, status, route, problem);
create index responses_by_status on responses (tenant, status, session) where status <> 'completed';
create index responses_by_problem on responses (tenant, problem, session) where problem <> '';
create index responses_by_id on responses (tenant, id);
create index messages_by_id on messages (tenant, id);
create index feedback_down on feedback (tenant, session) where rating = 'down';

-- The words of messages (rowid 2 × seq) and of answers (2 × seq + 1), as sessions.Words has them.
create virtual table session_words using fts5 (words, content = '', contentless_delete = 1, detail = none, tokenize = 'unicode61 remove_diacritics 0');
insert into session_words (rowid, words) select 2 * seq, text from messages;
insert into session_words (rowid, words) select 2 * seq + 1, json_extract(body, '$.text') from responses where status <> 'running';
-- +goose StatementBegin
create trigger messages_words_go after delete on messages begin
    delete from session_words where rowid = 2 * old.seq;
end;
-- +goose StatementEnd
-- +goose StatementBegin
create trigger responses_words_go after delete on responses begin
    delete from session_words where rowid = 2 * old.seq + 1;
end;
-- +goose StatementEnd

-- Which operator looked at which conversation: rows are added, and stay when
-- the conversation is deleted. There is no text of anybody in them.
create table console_views (
    seq      integer primary key,
    tenant   text    not null,
    session  text    not null,
    operator text    not null,
    name     text    not null,
    at       integer not null -- microseconds since 1970
);
create index console_views_by_session on console_views (tenant, session, seq);
create index console_views_by_operator on console_views (tenant, operator, session, at);
create index console_views_by_site on console_views (tenant, seq);
-- +goose StatementBegin
create trigger console_views_stand before update on console_views begin
    select raise(abort, 'who looked at what is not changed');
end;
-- +goose StatementEnd
-- +goose StatementBegin
create trigger console_views_stay before delete on console_views begin
    select raise(abort, 'who looked at what is not removed');
end;
-- +goose StatementEnd

-- +goose Down
drop table console_views;
drop trigger messages_words_go;
drop trigger responses_words_go;
drop table session_words;
drop index feedback_down;
drop index messages_by_id;
drop index responses_by_id;
drop index responses_by_problem;
drop index responses_by_status;
drop index responses_at_a_glance;
drop index sessions_by_activity;
alter table responses drop column problem;
alter table responses drop column route;
