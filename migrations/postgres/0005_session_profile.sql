-- +goose Up
-- The freelancer's own profile, as the token of whoever began the session named it.
alter table sessions add column profile text not null default '';

-- +goose Down
alter table sessions drop column profile;
