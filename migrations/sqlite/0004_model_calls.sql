-- +goose Up
-- A row for each call of a model at an endpoint: no text of anybody. Rows stay
-- when their session is deleted, since budgets count them.
create table model_calls (
    tenant           text    not null,
    id               text    not null,
    session          text    not null,
    response         text    not null,
    purpose          text    not null,
    task             text    not null,
    endpoint         text    not null,
    model            text    not null,
    prompt           text    not null,
    status           text    not null, -- reserved, settled, failed, cancelled
    estimated_input  integer not null, -- tokens
    estimated_output integer not null,
    input            integer not null, -- 0 while reserved
    output           integer not null,
    known            integer not null, -- 1: the server said input and output; 0: counted by Parley
    currency         text    not null, -- '' when the price is not known
    estimated_cost   integer not null, -- millionths of currency
    cost             integer not null, -- 0 while reserved
    created          integer not null, -- microseconds since 1970
    expires          integer not null, -- a row that is still reserved then was lost with its process
    ended            integer not null, -- 0 while reserved
    first_token_ms   real    not null,
    total_ms         real    not null,
    error            text    not null, -- a class
    primary key (tenant, id)
);
create index model_calls_by_response on model_calls (tenant, response);
create index model_calls_by_created on model_calls (created); -- for the sum that an account begins with

-- What calls come to, for each budget and window: '' stands for all tenants or
-- purposes together. Reserved calls count by their estimate.
create table model_spending (
    tenant   text    not null,
    purpose  text    not null,
    currency text    not null,
    period   text    not null, -- 2026-03-02 or 2026-03, UTC
    spent    integer not null, -- millionths of currency
    primary key (tenant, purpose, currency, period)
) without rowid;

-- +goose Down
drop table model_spending;
drop table model_calls;
