-- +goose Up
-- What was loaded into a site, by whom and with what result.
create table document_loads (
    tenant  text    not null,
    id      text    not null,
    started integer not null, -- microseconds
    touched integer not null, -- when it last gave a sign of life
    running integer not null,
    body    text    not null, -- JSON of loads.Load
    primary key (tenant, id)
) without rowid;
create index document_loads_newest on document_loads (tenant, started);

-- +goose Down
drop table document_loads;
