-- +goose Up
-- What was loaded into a site, by whom and with what result.
create table document_loads (
    tenant  text        not null,
    id      text        not null,
    started timestamptz not null,
    touched timestamptz not null, -- when it last gave a sign of life
    running boolean     not null,
    body    jsonb       not null, -- JSON of loads.Load
    primary key (tenant, id)
);
create index document_loads_newest on document_loads (tenant, started);

-- +goose Down
drop table document_loads;
