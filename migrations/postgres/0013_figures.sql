-- +goose Up
-- For figures over time, and for summing them up.
create index responses_by_created on responses (tenant, created);
create index responses_failed on responses (tenant, created) where status in ('failed', 'incomplete');
create index drafts_by_created on drafts (tenant, created);
create index feedback_by_created on feedback (tenant, created, rating, reason); -- reasons are counted by it alone
create index sessions_by_created on sessions (tenant, created);
create index model_calls_by_tenant on model_calls (tenant, created);
create index model_calls_failed on model_calls (tenant, created) where error not in ('', 'cancelled');

-- What happened in a quarter of an hour, once it does not change any more: see
-- package figures. No text of anybody. Rows stay when conversations are deleted.
create table figure_sums (
    tenant text        not null,
    slot   timestamptz not null, -- when it begins
    body   text        not null, -- JSON of figures.Sum
    primary key (tenant, slot)
);
-- All slots of a tenant before this time are summed up; those without rows have no sum.
create table figure_standing (
    tenant text        not null primary key,
    until  timestamptz not null
);

-- +goose Down
drop table figure_standing, figure_sums;
drop index model_calls_failed, model_calls_by_tenant, sessions_by_created, feedback_by_created, drafts_by_created, responses_failed, responses_by_created;
