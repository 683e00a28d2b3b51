-- +goose Up
-- Ids and dates are compared byte by byte, as Go compares them.
create table documents (
    tenant    text         not null,
    kind      text         not null,
    id        text         not null collate "C",
    category  text         not null,
    level     text         not null,
    pay_type  text         not null,
    currency  text         not null,
    posted_on text         not null collate "C", -- YYYY-MM-DD or ''
    body      text         not null, -- JSON of retrieval.Document
    facets    text         not null, -- JSON of retrieval.Facets
    -- Stemmed words, each with a class of weight (D to A), and lexemes such as
    -- '=web' for the filters: see package pgindex.
    words     tsvector     not null,
    stored    bigint       not null generated always as identity,
    primary key (tenant, kind, id)
) with (toast_tuple_target = 4080);
-- Ranking reads the words of up to 2,000 documents: they should stay in the row.
alter table documents alter column words set storage main;
create index documents_by_posting on documents (tenant, kind, posted_on desc, id);
create index documents_by_category on documents (tenant, kind, category);
create index documents_words on documents using gin (words);

-- An embedding is a model and its version; vectors of different ones are never compared.
create table embeddings (
    n          integer primary key generated always as identity,
    name       text    not null unique,
    dimensions integer not null
);

-- Vectors of unit length, with a copy of what filters compare. A document that
-- changes loses its vectors, so the copies are never stale. Each embedding with
-- many vectors has an HNSW index of its own, document_vectors_hnsw_<n>, which
-- package pgindex makes.
create table document_vectors (
    tenant    text    not null,
    kind      text    not null,
    id        text    not null collate "C",
    embedding integer not null references embeddings (n),
    category  text    not null,
    level     text    not null,
    pay_type  text    not null,
    currency  text    not null,
    vector    vector  not null,
    primary key (tenant, kind, id, embedding),
    foreign key (tenant, kind, id) references documents (tenant, kind, id) on delete cascade
);
-- +goose StatementBegin
do $$ begin
    if to_regtype('halfvec') is not null then -- pgvector 0.7 and newer: half the room
        alter table document_vectors alter column vector type halfvec;
    end if;
end $$;
-- +goose StatementEnd
create index document_vectors_by_filter on document_vectors (tenant, kind, embedding, category, level);

-- +goose Down
drop table document_vectors, embeddings, documents;
