-- +goose Up
-- A scope is a tenant's documents of one kind, which is what a search looks
-- through. Rows are never deleted: processes remember the numbers.
create table scopes (
    n         integer primary key generated always as identity,
    tenant    text    not null,
    kind      text    not null,
    documents integer not null default 0, -- when its words were counted
    unique (tenant, kind)
);
insert into scopes (tenant, kind) select distinct tenant, kind from documents;
-- About how many documents of a scope have a word, of those that are not rare.
create table scope_words (
    scope     integer not null,
    word      text    not null collate "C",
    documents integer not null,
    primary key (scope, word)
);

-- What filters compare. Rows from before have nothing in these columns, and an
-- analysis that no program has: they are stale and will be stored again.
alter table documents rename column stored to n;
alter table documents
    add column skills         text[]  not null default '{}', -- canonical names
    add column analysis       text    not null default '',
    add column country        text    not null default '',
    add column time_zone      text    not null default '',
    add column languages      text[]  not null default '{}',
    add column pay_min        bigint  not null default 0, -- both bounds are set where one is known
    add column pay_max        bigint  not null default 0,
    add column hours_per_week integer not null default 0,
    add column available_from text    not null default '' collate "C",
    add column credentials    text    not null default ''; -- folded, one a line
create unique index documents_n on documents (n);
create index documents_by_analysis on documents (tenant, analysis);
create index documents_by_zone on documents (tenant, kind, time_zone) where time_zone <> '';
-- The lexemes of documents_words serve categories as well.
drop index documents_by_category;

-- The lexemes of a document's words that stand for what filters compare.
-- +goose StatementBegin
create function filter_lexemes(words tsvector) returns tsvector language sql immutable strict parallel safe as $$
    select array_to_tsvector(array(select lexeme from unnest(tsvector_to_array(words)) as lexeme where starts_with(lexeme, '=') and not starts_with(lexeme, '=#')))
$$;
-- +goose StatementEnd

-- Vectors, with a copy of what filters compare: a search that narrows by a
-- filter reads this table alone, whose rows are small beside those of documents.
-- A document that changes loses its vectors; when only its analysis changes,
-- the lexemes are copied again. Each scope with many vectors of an embedding has
-- an HNSW index of its own, document_vectors_hnsw_<embedding>_<scope>, which
-- package pgindex makes.
alter table document_vectors rename to document_vectors_0002;
alter index document_vectors_pkey rename to document_vectors_0002_pkey;
create table document_vectors (
    document       bigint   not null references documents (n) on delete cascade,
    embedding      integer  not null,
    scope          integer  not null,
    hours_per_week integer  not null,
    pay_min        bigint   not null,
    pay_max        bigint   not null,
    currency       text     not null,
    posted_on      text     not null collate "C",
    available_from text     not null collate "C",
    credentials    text     not null,
    filters        tsvector not null,
    vector         vector   not null, -- halfvec where the server has it
    primary key (document, embedding)
) with (toast_tuple_target = 4080); -- a vector of 1,536 dimensions stays in its row
-- +goose StatementBegin
do $$ begin
    if to_regtype('halfvec') is not null then
        alter table document_vectors alter column vector type halfvec;
    end if;
end $$;
-- +goose StatementEnd
insert into document_vectors
    select d.n, v.embedding, s.n, d.hours_per_week, d.pay_min, d.pay_max, d.currency, d.posted_on, d.available_from, d.credentials,
        filter_lexemes(d.words), v.vector
    from document_vectors_0002 v
    join documents d using (tenant, kind, id)
    join scopes s using (tenant, kind)
    order by d.n;
create index document_vectors_by_scope on document_vectors (scope, embedding);
create index document_vectors_filters on document_vectors using gin (filters);
drop table document_vectors_0002;

-- +goose Down
alter table document_vectors rename to document_vectors_0003;
alter index document_vectors_pkey rename to document_vectors_0003_pkey;
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
    if to_regtype('halfvec') is not null then
        alter table document_vectors alter column vector type halfvec;
    end if;
end $$;
-- +goose StatementEnd
insert into document_vectors
    select d.tenant, d.kind, d.id, v.embedding, d.category, d.level, d.pay_type, d.currency, v.vector
    from document_vectors_0003 v join documents d on d.n = v.document;
create index document_vectors_by_filter on document_vectors (tenant, kind, embedding, category, level);
drop table document_vectors_0003;
drop function filter_lexemes;
create index documents_by_category on documents (tenant, kind, category);
drop index documents_n, documents_by_analysis, documents_by_zone;
alter table documents
    drop column skills, drop column analysis, drop column country, drop column time_zone, drop column languages, drop column pay_min,
    drop column pay_max, drop column hours_per_week, drop column available_from, drop column credentials;
alter table documents rename column n to stored;
drop table scope_words, scopes;
