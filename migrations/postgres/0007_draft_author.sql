-- +goose Up
-- Who wrote a version, so that it is known without reading the document.
alter table drafts add column author text not null default '';
update drafts set author = coalesce(body::jsonb ->> 'author', '');

-- +goose Down
alter table drafts drop column author;
