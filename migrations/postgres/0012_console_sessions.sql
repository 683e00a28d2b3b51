-- +goose Up
-- What the console lists and filters by, out of the JSON beside it. A body may
-- hold the character U+0000, which PostgreSQL's JSON refuses: so it is read as text.
alter table responses
    add column route text not null default '',
    add column problem text not null default ''; -- a code
update responses set
    route = coalesce(substring(body from '"route":"([a-z_]+)"'), ''),
    problem = coalesce(substring(body from '"error":\{"code":"([a-z_]+)"'), '');

create index sessions_by_activity on sessions (tenant, updated, id);
-- All that a list shows of a session's responses, without their rows.
create index responses_at_a_glance on responses (tenant, session, seq) include (status, route, problem);
create index responses_by_status on responses (tenant, status, session) where status <> 'completed';
create index responses_by_problem on responses (tenant, problem, session) where problem <> '';
create index responses_by_id on responses (tenant, id);
create index messages_by_id on messages (tenant, id);
create index feedback_down on feedback (tenant, session) where rating = 'down';

-- The words of messages (response is '') and of answers, as sessions.Words has them.
create table session_words (
    tenant   text        not null,
    session  text        not null,
    message  text        not null,
    response text        not null,
    at       timestamptz not null,
    words    tsvector    not null,
    primary key (tenant, session, message, response),
    foreign key (tenant, session) references sessions (tenant, id) on delete cascade
);
create index session_words_in on session_words using gin (words);
insert into session_words (tenant, session, message, response, at, words)
    select tenant, session, id, '', created, to_tsvector('simple', left(regexp_replace(text, '[^[:alnum:]]+', ' ', 'g'), 50000)) from messages;

-- Which operator looked at which conversation: rows are added, and stay when
-- the conversation is deleted. There is no text of anybody in them.
create table console_views (
    seq      bigint      generated always as identity primary key,
    tenant   text        not null,
    session  text        not null,
    operator text        not null,
    name     text        not null,
    at       timestamptz not null
);
create index console_views_by_session on console_views (tenant, session, seq);
create index console_views_by_operator on console_views (tenant, operator, session, at);
create index console_views_by_site on console_views (tenant, seq);
-- +goose StatementBegin
create function console_views_stand() returns trigger language plpgsql as $$
begin
    raise exception 'who looked at what is neither changed nor removed';
end $$;
-- +goose StatementEnd
create trigger console_views_stand before update or delete or truncate on console_views execute function console_views_stand();

-- +goose Down
drop table console_views;
drop function console_views_stand;
drop table session_words;
drop index feedback_down, messages_by_id, responses_by_id, responses_by_problem, responses_by_status, responses_at_a_glance, sessions_by_activity;
alter table responses drop column problem, drop column route;
