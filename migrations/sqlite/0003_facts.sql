-- +goose Up
-- What is computed from a document stands apart from it, so that an index opens
-- without reading texts. Rows that are missing are computed when it opens.
alter table documents drop column facets;
alter table documents drop column words;

create table document_scopes (
    n      integer primary key,
    tenant text not null,
    kind   text not null,
    unique (tenant, kind)
);

create table document_facts (
    document integer primary key references documents (n) on delete cascade,
    scope    integer not null references document_scopes (n),
    facets   blob    not null, -- retrieval.Facets, see sqliteindex/codec.go
    skills   blob    not null, -- canonical names
    words    blob    not null, -- numbers of document_words with counts
    analysis text    not null default '' -- the rules by which skills and words were found
);
create index document_facts_by_scope on document_facts (scope);

-- The words of a scope are numbered from 0 in the order in which they came.
create table document_words (
    n     integer primary key,
    scope integer not null references document_scopes (n),
    first integer not null, -- number of the first of these
    words blob    not null
);

-- +goose Down
drop table document_words;
drop table document_facts;
drop table document_scopes;
alter table documents add column words text not null default '';
alter table documents add column facets text not null default '{}';
