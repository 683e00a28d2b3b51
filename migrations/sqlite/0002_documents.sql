-- +goose Up
create table documents (
    n      integer primary key,
    tenant text    not null,
    kind   text    not null,
    id     text    not null,
    body   text    not null, -- JSON of retrieval.Document
    facets text    not null, -- JSON of retrieval.Facets
    words  text    not null, -- each word with its count: "bakery:3 shop:1"
    unique (tenant, kind, id)
);

-- An embedding is a model and its version; vectors of different ones are never compared.
create table embeddings (
    n          integer primary key,
    name       text    not null unique,
    dimensions integer not null
);

create table document_vectors (
    embedding integer not null references embeddings (n),
    document  integer not null references documents (n) on delete cascade,
    vector    blob    not null, -- float32, little endian, of unit length
    unique (embedding, document)
);
create index document_vectors_by_document on document_vectors (document);

-- +goose Down
drop table document_vectors;
drop table embeddings;
drop table documents;
