-- +goose Up
-- What the site made of a version that was published: its address there.
alter table drafts add column url text not null default '';

-- A version that was published, for its site to take over. Numbers are given in
-- the order of commits, and never again, so that a list can be gone through by them.
create table handovers (
    number    integer primary key autoincrement,
    tenant    text    not null,
    session   text    not null,
    draft     text    not null,
    version   integer not null,
    published integer not null, -- microseconds since 1970
    announced integer not null default 0,
    unique (tenant, session, draft, version),
    foreign key (tenant, session, draft, version) references drafts (tenant, session, id, version) on delete cascade
);
create index handovers_listed on handovers (tenant, number);
create index handovers_unannounced on handovers (number) where not announced;
-- Those from before this table are not announced any more; they can be listed.
insert into handovers (tenant, session, draft, version, published, announced)
select tenant, session, id, version, created, 1
from drafts where json_extract(body, '$.published') is not null order by seq;

-- +goose Down
drop table handovers;
alter table drafts drop column url;
